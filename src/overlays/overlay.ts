import type { Box } from '../drawing/geometry.ts';

/**
 * What a scene shows over its moving picture. Times are seconds from the beginning of the narration; an overlay that
 * starts at 0 is there from the scene's first frame, one that ends with the narration stays until the scene's last.
 * Places and sizes are shares of the frame, so that an overlay is the same at every resolution. Colours are "#rrggbb".
 */
export type Overlay = WordsOverlay | MotifOverlay;

interface Timed {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A headline, with a small line above and below it; an empty string leaves a line out. */
export interface WordsOverlay extends Timed {
  readonly kind: 'words';
  readonly words: Words;
  readonly place: WordsPlace;
  readonly inks: WordsInks;
  /**
   * Clauses of a headline that takes long to speak, in order, the first at its beginning. Each becomes bright when it is
   * spoken; empty if the headline is bright from the beginning.
   */
  readonly clauses: readonly Clause[];
}

export interface Words {
  readonly language: string;
  readonly kicker: string;
  readonly headline: string;
  readonly secondary: string;
}

export interface WordsPlace {
  /** Nothing is written outside of it. */
  readonly box: Box;
  readonly align: 'left' | 'center';
  readonly anchor: 'top' | 'middle' | 'bottom';
}

export interface WordsInks {
  readonly headline: string;
  /** The last line of a headline of several lines; null if no other colour is legible. */
  readonly emphasis: string | null;
  /** Small lines, and what has not been spoken yet. */
  readonly soft: string;
  /** The bar beside the small line above. */
  readonly rule: string;
}

export interface Clause {
  /** UTF-16 units of the headline. */
  readonly start: number;
  readonly startSeconds: number;
}

/** One large sign, which drifts slowly. */
export interface MotifOverlay extends Timed {
  readonly kind: 'motif';
  readonly sign: Sign;
  /** Shares of the frame's width and height. */
  readonly centre: { readonly x: number; readonly y: number };
  /** From the centre to the corners of the sign's ink: a share of the frame's shorter side. */
  readonly reach: number;
  readonly toward: 'left' | 'right' | 'up' | 'down';
  /** Of a number or icon; an emoji has its own colours and a shadow. */
  readonly ink: string;
}

/** An emoji, the scene's number, or an icon: SVG path data that is filled. */
export type Sign =
  | { readonly kind: 'emoji' | 'number'; readonly text: string }
  | { readonly kind: 'icon'; readonly path: string };
