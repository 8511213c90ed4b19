import { describe, expect, it } from 'vitest';
import { FontBook } from '../../drawing/font-book.ts';
import type { Clause, WordsOverlay } from '../overlay.ts';
import { SkiaOverlayPainter } from '../skia-overlay-painter.ts';

const SIZE = { width: 640, height: 360 };
const FRAME_RATE = 25;
const SECONDS = 6;

const EMPHASIS = [255, 0, 0] as const;

function words(headline: string, clauses: readonly Clause[]): WordsOverlay {
  return {
    kind: 'words',
    startSeconds: 0,
    endSeconds: SECONDS,
    words: { language: 'en', headline, secondary: '' },
    place: { box: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 }, align: 'left', anchor: 'middle' },
    inks: { headline: '#ffffff', emphasis: '#ff0000', soft: '#808080', rule: '#00ff00' },
    clauses,
  };
}

/** The picture that is shown at a time. */
function pictureAt(overlay: WordsOverlay, seconds: number): Uint8ClampedArray {
  const frames = { start: 0, end: SECONDS * FRAME_RATE };
  const order = { overlay, frames, leaves: true, clipFrames: frames.end, size: SIZE, frameRate: FRAME_RATE };
  const drawn = new SkiaOverlayPainter(new FontBook()).draw(order);
  if (drawn?.track.play.kind !== 'sequence') throw new Error('Words are a sequence of pictures.');
  const index = drawn.track.play.begins.findLastIndex((begin) => begin <= seconds * FRAME_RATE);
  const picture = [...drawn.pictures].map((one) => new Uint8ClampedArray(one))[index];
  if (picture === undefined) throw new Error('There is no picture at this time.');
  return picture;
}

/** Counts pixels of letters that are not spoken yet. */
function softPixelsAt(overlay: WordsOverlay, seconds: number): number {
  const picture = pictureAt(overlay, seconds);
  let soft = 0;
  for (let at = 0; at < picture.length; at += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = picture.subarray(at, at + 4);
    if (alpha >= 250 && r === 0x80 && g === 0x80 && b === 0x80) soft += 1;
  }
  return soft;
}

/** Counts pixels of white letters and of the underline in the picture that is shown at a time. */
function pixelsAt(overlay: WordsOverlay, seconds: number): { readonly white: number; readonly red: number } {
  const picture = pictureAt(overlay, seconds);
  let [white, red] = [0, 0];
  for (let at = 0; at < picture.length; at += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = picture.subarray(at, at + 4);
    if (alpha < 250) continue;
    if (Math.min(r, g, b) > 240) white += 1;
    if (r === EMPHASIS[0] && g === EMPHASIS[1] && b === EMPHASIS[2]) red += 1;
  }
  return { white, red };
}

describe('The parts of a headline', () => {
  it('appear one after the other where each is a statement, without an underline', () => {
    const overlay = words('It rains. It pours.', [
      { start: 0, startSeconds: 0, appears: false },
      { start: 10, startSeconds: 3, appears: true },
    ]);
    const [early, late] = [pixelsAt(overlay, 2), pixelsAt(overlay, 4)];
    expect(early.white).toBeGreaterThan(100);
    expect(late.white / early.white).toBeGreaterThan(1.6);
    expect(early.red + late.red).toBe(0);
  });

  it('of one statement are visible from the beginning, and underlined and bright when they are spoken', () => {
    const overlay = words('The repair costs two million less than a new dam', [
      { start: 0, startSeconds: 0, appears: false },
      { start: 29, startSeconds: 3, appears: false },
    ]);
    const [early, late] = [pixelsAt(overlay, 2), pixelsAt(overlay, 4)];
    expect(early.red).toBeGreaterThan(100);
    expect(late.red).toBeGreaterThan(100);
    // The line under the first part has disappeared: the second is shorter.
    expect(late.red).toBeLessThan(early.red * 0.9);
    expect(late.white).toBeGreaterThan(early.white * 1.3);
  });

  it('of a statement that appears later are invisible until it begins', () => {
    const overlay = words('It rains. The repair costs two million less than a dam', [
      { start: 0, startSeconds: 0, appears: false },
      { start: 10, startSeconds: 2, appears: true },
      { start: 38, startSeconds: 4, appears: false },
    ]);
    const alone = words('It rains.', [
      { start: 0, startSeconds: 0, appears: false },
      { start: 4, startSeconds: 4, appears: false },
    ]);
    expect(softPixelsAt(overlay, 1)).toBeLessThanOrEqual(softPixelsAt(alone, 1));
    expect(softPixelsAt(overlay, 3)).toBeGreaterThan(100);
  });

  it('have no underline where they are spoken at once', () => {
    expect(pixelsAt(words('It rains', []), 2).red).toBe(0);
  });
});
