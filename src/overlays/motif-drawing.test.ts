import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { FontBook } from '../drawing/font-book.ts';
import { motifPictures } from './motif-drawing.ts';
import type { MotifOverlay } from './overlay.ts';

const pen = { ctx: createCanvas(1, 1).getContext('2d'), fonts: new FontBook() };
const SIZE = { width: 720, height: 1280 };

/** How far a large question mark travels that is shown for some seconds, in pixels. */
function wayIn(seconds: number, reach: number): number {
  const shown = { kind: 'motif', startSeconds: 0, endSeconds: seconds, ink: '#ffffff', toward: 'left' } as const;
  const overlay: MotifOverlay = { ...shown, sign: { kind: 'text', text: '?' }, centre: { x: 0.5, y: 0.2 }, reach };
  const end = 25 * seconds;
  const order = {
    overlay,
    size: SIZE,
    frameRate: 25,
    frames: { start: 0, end },
    clipFrames: end,
    leaves: false,
  } as const;
  const { step, steps } = motifPictures(pen, overlay, order) ?? expect.fail('no ink');
  return (Math.abs(step) * end) / steps;
}

describe('A motif', () => {
  it('drifts visibly while it is shown for a sentence', () => {
    expect(wayIn(3, 0.12)).toBeGreaterThan(12);
  });

  it.each([8, 15, 20])('stays on its disc also in %i s', (seconds) => {
    expect(wayIn(seconds, 0.12)).toBeLessThan(0.4 * 0.12 * SIZE.width);
  });
});
