import { type FileHandle, open } from 'node:fs/promises';
import type { OverlayTrack } from '../../overlays/overlay-track.ts';
import { captionMetrics } from '../captions/caption-area.ts';
import type { CaptionPicture, CuePainter } from '../captions/caption-painter.ts';
import type { CaptionLook, FrameSize } from '../film/film.ts';
import type { ClipCue } from './clip.ts';

/** A picture of a caption, or null for none, and the frame of the clip from which it is shown, until the next. */
export interface CaptionFrame {
  readonly atFrame: number;
  readonly picture: CaptionPicture | null;
}

/** The captions of a clip, which are burned in. */
export interface CaptionOrder {
  /** At least one. */
  readonly cues: readonly [ClipCue, ...ClipCue[]];
  readonly size: FrameSize;
  readonly frameRate: number;
  /** BCP 47. */
  readonly language: string;
  readonly look: CaptionLook;
}

/** Draws captions. The same order gives the same pixels. Throws CANCELED when the signal aborts. */
export interface CaptionPainter {
  /** Writes the track's pictures one after the other into a new file at `path`: RGBA, alpha not multiplied. */
  paint(order: CaptionOrder, path: string, signal: AbortSignal): Promise<OverlayTrack>;
}

/** Writes the file itself, so that a thread need not hand over megabytes. */
export class CaptionTrackPainter implements CaptionPainter {
  readonly #cuePainter: CuePainter;

  constructor(cuePainter: CuePainter) {
    this.#cuePainter = cuePainter;
  }

  async paint(order: CaptionOrder, path: string): Promise<OverlayTrack> {
    const { cues, size, look } = order;
    const { area } = captionMetrics(size, look.style);
    const file = await open(path, 'w');
    try {
      const begins = await this.#write(order, file, new Uint8Array(4 * area.width * area.height));
      const frames = { start: cues[0].range.start, end: (cues.at(-1) ?? cues[0]).range.end };
      return { ...area, frames, play: { kind: 'sequence', begins } };
    } finally {
      await file.close();
    }
  }

  /**
   * Returns the frame at which each picture begins. They are written cue by cue: all of a long scene would be up to 200 MB
   * in memory.
   */
  async #write(
    { cues, size, language, look, frameRate }: CaptionOrder,
    file: FileHandle,
    blank: Uint8Array,
  ): Promise<number[]> {
    const begins: number[] = [];
    for (const [at, cue] of cues.entries()) {
      const pictures = await this.#cuePainter.paint({ cue: cue.cue, size, language, look });
      for (const { atFrame, picture } of captionFrames(cue, cues[at + 1], pictures, frameRate)) {
        await file.writeFile(picture?.rgba ?? blank);
        begins.push(atFrame);
      }
    }
    return begins;
  }
}

/**
 * The frames at which the pictures of a cue begin, in order, inside its range; of several at one frame the last. From the end of the
 * range nothing is shown, until the next cue begins; after the last one the track ends.
 */
export function captionFrames(
  { range, narrationFrame }: ClipCue,
  next: ClipCue | undefined,
  pictures: readonly CaptionPicture[],
  frameRate: number,
): CaptionFrame[] {
  const frames: CaptionFrame[] = [];
  for (const picture of pictures) {
    const atFrame = Math.max(range.start, narrationFrame + Math.round(picture.startSeconds * frameRate));
    if (atFrame >= range.end) break;
    if (frames.at(-1)?.atFrame === atFrame) frames.pop();
    frames.push({ atFrame, picture });
  }
  if (next && next.range.start > range.end) frames.push({ atFrame: range.end, picture: null });
  return frames;
}
