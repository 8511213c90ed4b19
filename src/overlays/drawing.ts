import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '../drawing/geometry.ts';

/** How one overlay looks at each of its frames. */
export interface Drawing<State> {
  /** The smallest place in the frame, in pixels, that holds it at every frame; null if there is nothing to draw. */
  readonly box: Box | null;
  /** All that determines the picture at a frame, counted from the overlay's first; equal states look the same. */
  stateAt(frame: number): State;
  /** Draws into a context whose origin is the frame's upper left corner. */
  draw(ctx: SKRSContext2D, state: State): void;
}
