import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { besideComposition } from '../composition.ts';
import { paletteAt } from '../palettes.ts';
import { Random } from '../random.ts';
import { contours } from './contours.ts';

const [WIDTH, HEIGHT] = [854, 480];

describe('Contour lines', () => {
  it.each(['night', 'paper', 'bold'] as const)('leave no empty middle, which looks like a moon: %s', (tone) => {
    const ctx = createCanvas(WIDTH, HEIGHT).getContext('2d');
    const composition = besideComposition({ width: WIDTH, height: HEIGHT, captionSafeHeight: 0 }, false);
    const { focus } = composition;
    const scheme = paletteAt(0)[tone];
    contours.paint({
      ...composition,
      ctx,
      width: WIDTH,
      height: HEIGHT,
      unit: HEIGHT,
      scheme,
      random: new Random('contours'),
    });
    const length = Math.floor(focus.radius * 0.85);
    const { data } = ctx.getImageData(focus.x, focus.y, 1, length);
    const greens = Array.from({ length }, (_, row) => data[4 * row + 1] ?? 0);
    const steps = greens.filter((green, row) => row > 0 && Math.abs(green - (greens[row - 1] ?? 0)) > 3);
    expect(steps.length).toBeGreaterThan(6);
  });
});
