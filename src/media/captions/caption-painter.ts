import type { CaptionLook, Cue, FrameSize } from '../film/film.ts';

export interface CaptionRequest {
  readonly cue: Cue;
  readonly size: FrameSize;
  /** BCP 47. */
  readonly language: string;
  readonly look: CaptionLook;
}

/** What a cue shows from a moment on, until its next picture or its end. */
export interface CaptionPicture {
  /** From the beginning of the scene's narration. */
  readonly startSeconds: number;
  /** Rows of red, green, blue and alpha, not premultiplied; of the size of `captionMetrics(…).area`, which is its place. */
  readonly rgba: Uint8Array;
}

/** Draws the pictures of one cue in order, the first at its beginning. The same request gives the same pictures. */
export interface CuePainter {
  paint(request: CaptionRequest): Promise<readonly CaptionPicture[]>;
}
