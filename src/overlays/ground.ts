import type { Box, Circle } from '../drawing/geometry.ts';

/** The colours of a picture and of what lies over it. Every one is "#rrggbb". */
export interface ColourScheme {
  /** The background is a slight gradient between these two; text on both has a contrast of at least 4.5. */
  readonly background: string;
  readonly backgroundEnd: string;
  /** Headlines. */
  readonly ink: string;
  /** Small text. */
  readonly soft: string;
  /** Colours of shapes: first, second, third, and a muted one near the background. */
  readonly accents: readonly [string, string, string, string];
  /**
   * The background's own hue at medium lightness: for large shapes behind others, where a mixture of two hues would
   * look dull.
   */
  readonly body: string;
}

/** Positions of the elements of a picture. */
export interface Composition {
  /** Nothing is written outside of it. */
  readonly words: Box;
  readonly align: 'left' | 'center';
  readonly anchor: 'top' | 'middle' | 'bottom';
  /** The visual centre of the picture; a motif is placed in it. */
  readonly focus: Circle;
}

/** A picture of the built-in design, without words and motifs, as data: the same data always give the same picture. */
export interface Ground {
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** The name of what fills it with shapes. */
  readonly scenery: string;
  readonly scheme: ColourScheme;
  /** In pixels of the picture. */
  readonly composition: Composition;
  /** That of the video's pictures, and of the random numbers of this one. */
  readonly filmSeed: string;
  readonly seed: string;
  /** The place of the picture in an order of pictures of which neighbours differ. */
  readonly turn: number;
}

/** A ground that a long scene changes to, in seconds from the beginning of its narration. */
export interface LaterGround {
  readonly startSeconds: number;
  readonly ground: Ground;
  /** Kinds of transition that suit the style of the picture; the default ones where left out. */
  readonly transitions?: TransitionKinds;
}

type TransitionKind = 'fade' | 'push' | 'cover' | 'band';
export type TransitionKinds = readonly [TransitionKind, ...TransitionKind[]];

export interface GroundPainter {
  /** Writes the ground as a JPEG into a new file at `path`. Throws CANCELED when the signal aborts. */
  paint(ground: Ground, path: string, signal: AbortSignal): Promise<void>;
}
