import { describe, expect, it } from 'vitest';
import { contrast, hex } from './colour.ts';
import { PALETTE_NAMES, paletteAt } from './palettes.ts';

describe('colour', () => {
  it('gives the known corners of OKLCH', () => {
    expect(hex([0, 0, 0])).toBe('#000000');
    expect(hex([1, 0, 0])).toBe('#ffffff');
    // CSS Color 4 gives this for "green".
    expect(hex([0.51975, 0.17686, 142.495])).toBe('#008000');
  });

  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe.each(PALETTE_NAMES.map((name, at) => [name, at] as const))('the palette "%s"', (_name, at) => {
  const { night, paper, bold } = paletteAt(at);

  it.each([
    ['night', night],
    ['paper', paper],
    ['bold', bold],
  ])('has writing that stands out on the ground: %s', (_tone, scheme) => {
    for (const background of [scheme.background, scheme.backgroundEnd]) {
      expect(contrast(scheme.ink, background)).toBeGreaterThanOrEqual(7);
      expect(contrast(scheme.soft, background)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
