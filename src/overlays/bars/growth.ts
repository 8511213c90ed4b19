import { type Presence, presenceAt } from '../animation.ts';
import type { BarsOverlay } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';

/** Seconds in which an amount appears. */
const APPEAR_SECONDS = 0.25;

/** How far the bars have grown and their amounts have appeared: 0 to 1 for each bar. */
export interface Growth extends Presence {
  readonly grown: readonly number[];
  readonly appeared: readonly number[];
}

/** The growth at a frame of bars that each take `growSeconds`, from the moment when they are spoken. */
export function growthAt(
  frame: number,
  { bars, startSeconds: begin }: BarsOverlay,
  { frames, leaves, frameRate }: OverlayOrder,
  growSeconds: number,
): Growth {
  const shareOf = (seconds: number): number[] =>
    bars.map(({ startSeconds }) => {
      const since = Math.max(0, frame + 1 - Math.round((startSeconds - begin) * frameRate)) / frameRate;
      return Math.min(1, since / seconds);
    });
  return {
    ...presenceAt(frame, frames.end - frames.start, leaves, frameRate),
    grown: shareOf(growSeconds),
    appeared: shareOf(APPEAR_SECONDS),
  };
}
