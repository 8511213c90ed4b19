import { type FileHandle, open } from 'node:fs/promises';
import { captionMetrics } from '../captions/caption-area.ts';
import type { CaptionPainter, CaptionPicture } from '../captions/caption-painter.ts';
import type { CaptionLook, FilmFormat } from '../film/film.ts';
import type { ClipCue } from './clip.ts';
import type { WrittenTrack } from './clip-graph.ts';

/** A picture of a caption, or null for none, and the frame of the clip from which it is shown, until the next. */
export interface CaptionFrame {
  readonly atFrame: number;
  readonly picture: CaptionPicture | null;
}

export interface CaptionTrackOrder {
  readonly cues: readonly ClipCue[];
  readonly format: FilmFormat & { readonly captionLook: CaptionLook };
  readonly painter: CaptionPainter;
  /** Where the pixels are written. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * Paints the captions of a clip into one file of raw pictures. They are written cue by cue: all of a long scene would be
 * up to 200 MB in memory. Null for a clip without cues.
 */
export async function writeCaptionTrack(order: CaptionTrackOrder): Promise<WrittenTrack | null> {
  const { cues, format, path } = order;
  const [first, last] = [cues[0], cues.at(-1)];
  if (!first || !last) return null;
  const { area } = captionMetrics(format.size, format.captionLook.style);
  const file = await open(path, 'w');
  try {
    const begins = await writePictures(order, file, new Uint8Array(4 * area.width * area.height));
    const frames = { start: first.range.start, end: last.range.end };
    return { track: { ...area, frames, play: { kind: 'sequence', begins } }, path };
  } finally {
    await file.close();
  }
}

/** Returns the frame at which each picture begins. */
async function writePictures(
  { cues, format, painter, signal }: CaptionTrackOrder,
  file: FileHandle,
  blank: Uint8Array,
): Promise<number[]> {
  const { size, language, captionLook: look, rhythm } = format;
  const begins: number[] = [];
  for (const [at, cue] of cues.entries()) {
    const pictures = await painter.paint({ cue: cue.cue, size, language, look }, signal);
    for (const { atFrame, picture } of captionFrames(cue, cues[at + 1], pictures, rhythm.frameRate)) {
      await file.write(picture?.rgba ?? blank);
      begins.push(atFrame);
    }
  }
  return begins;
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
