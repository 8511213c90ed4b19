import { expect } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { captionMetrics } from '../../src/media/captions/caption-area.ts';
import { cuesFor } from '../../src/media/captions/cues.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import type { CaptionLook, FrameSize } from '../../src/media/film/film.ts';
import { likeness } from '../helpers/media/caption-likeness.ts';
import { type Frame, frameAt } from '../helpers/media/frames.ts';
import { cueOf } from '../helpers/media/media-fixtures.ts';
import type { MadeVideo } from './made-videos.ts';

const painter = new SkiaCaptionPainter(new FontBook());

export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The cues of an SRT file. */
export function cuesOf(srt: string | null): Cue[] {
  const seconds = (time: string) => {
    const [hours = 0, minutes = 0, rest = 0] = time.replace(',', '.').split(':').map(Number);
    return hours * 3_600 + minutes * 60 + rest;
  };
  return (srt ?? '')
    .trim()
    .split('\n\n')
    .map((block) => {
      const [, times = '', ...lines] = block.split('\n');
      const [start = '', end = ''] = times.split(' --> ');
      return { start: seconds(start), end: seconds(end), lines };
    });
}

/** The characters of each caption are found at their place at its time, and neither in a pause nor at the place of another. */
export async function expectCaptions({ film, path }: MadeVideo, look: CaptionLook, language: string): Promise<void> {
  const size = { width: film.quality?.width ?? 0, height: film.quality?.height ?? 0 };
  const cues = cuesOf(film.srt);
  const silent = await frameAt(path, 0.2, size);
  const likenesses = await Promise.all(cues.map((cue) => likenessTo(cue, size, look, language)));
  for (const [at, cue] of cues.entries()) {
    const frame = await frameAt(path, (cue.start + cue.end) / 2, size);
    expect(likenesses[at]?.(frame)).toBeGreaterThan(0.9);
    expect(likenesses[at]?.(silent)).toBeLessThan(0.6);
    const other = likenesses.find((_, index) => index !== at);
    if (other) expect(other(frame)).toBeLessThan(0.7);
  }
}

/** How much a frame is like that picture of a caption which is most like it: which word is spoken then is not known here. */
export async function likenessTo(
  { start, end, lines }: Cue,
  size: FrameSize,
  look: CaptionLook,
  language: string,
): Promise<(frame: Frame) => number> {
  const text = lines.join(' ');
  const { words } = cueOf({ startSeconds: start, endSeconds: end, lines });
  let at = 0;
  const units = words.map((word) => {
    const textStart = text.indexOf(word.text, at);
    at = textStart + word.text.length;
    return { ...word, textStart, textEnd: at };
  });
  const spoken = cuesFor(units, text, language).flatMap((one) => one.words);
  const cue = { startSeconds: start, endSeconds: end, lines, words: spoken };
  const pictures = await painter.paint({ cue, size, language, look });
  const { area } = captionMetrics(size, look.style);
  return (frame) => Math.max(...pictures.map((picture) => likeness(frame, picture, area)));
}
