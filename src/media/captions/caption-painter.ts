import type { Cue, FrameSize } from '../film/film.ts';

/** One cue as a transparent strip, and the position of its upper left corner in the frame: pixels, all even. */
export interface CaptionPicture {
  /** A whole PNG file with an alpha channel. */
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Draws captions for burning in. The same cue, size and language give the same picture. Throws CANCELED when the signal
 * aborts.
 */
export interface CaptionPainter {
  paint(cue: Cue, size: FrameSize, language: string, signal: AbortSignal): Promise<CaptionPicture>;
}
