import type { Overlay } from './overlay.ts';

/** Frames [start, end). */
export interface FrameSpan {
  readonly start: number;
  readonly end: number;
}

/** An overlay in a clip, and what is needed to draw it. */
export interface OverlayOrder {
  readonly overlay: Overlay;
  /** The frames that show it, counted from the clip's first; the clip may show only a part of them. */
  readonly frames: FrameSpan;
  /** True if it disappears at its end; false if the film ends with it. */
  readonly leaves: boolean;
  readonly clipFrames: number;
  /** The film's frame in pixels. */
  readonly size: { readonly width: number; readonly height: number };
  readonly frameRate: number;
}

/** Pictures over a clip: the place in pixels, all even, and the frames of the clip that show it. */
export interface OverlayTrack {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly frames: FrameSpan;
  readonly play: PictureSequence | PictureDrift;
}

/** Each picture stays until the next one. */
export interface PictureSequence {
  readonly kind: 'sequence';
  /** The clip's frame at which each picture begins, ascending; the first is the track's first frame. */
  readonly begins: readonly number[];
}

/**
 * A slow motion of two pixels in as many frames as there are pictures, which show it in equal steps; then the pictures
 * begin again two pixels further.
 */
export interface PictureDrift {
  readonly kind: 'drift';
  /** The number of pictures. */
  readonly pictures: number;
  readonly axis: 'x' | 'y';
  /** Pixels per round of the pictures: 2 or -2. */
  readonly step: 2 | -2;
  /** Frames of the motion before the track's first frame. */
  readonly before: number;
  /** Length of the fade at the beginning of the motion and of that at its end. */
  readonly fadeFrames: number;
  /** The motion's frame at which it fades out; null if it does not. */
  readonly fadeOutAt: number | null;
}

/** Draws overlays. The same order gives the same pixels. Throws CANCELED when the signal aborts. */
export interface OverlayPainter {
  /**
   * Writes the track's pictures of `width` × `height` one after the other into a new file at `path`: RGBA, alpha not
   * multiplied. Null, without a file, if nothing of it is visible in the clip.
   */
  paint(order: OverlayOrder, path: string, signal: AbortSignal): Promise<OverlayTrack | null>;
}
