import { describe, expect, it } from 'vitest';
import { contrast, hex } from '../../../drawing/colour.ts';
import { PALETTE_NAMES, paletteAt } from './palettes.ts';

describe('A colour', () => {
  it('is converted correctly at the known corners of OKLCH', () => {
    expect(hex([0, 0, 0])).toBe('#000000');
    expect(hex([1, 0, 0])).toBe('#ffffff');
    // The value of "green" in CSS Color 4.
    expect(hex([0.51975, 0.17686, 142.495])).toBe('#008000');
  });

  it('has the contrast that WCAG defines', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe.each(PALETTE_NAMES.map((name, at) => [name, at] as const))('The palette "%s"', (_name, at) => {
  const { night, paper, bold } = paletteAt(at);

  it.each([
    ['night', night],
    ['paper', paper],
    ['bold', bold],
  ])('has text that contrasts with the background: %s', (_tone, scheme) => {
    for (const background of [scheme.background, scheme.backgroundEnd]) {
      expect(contrast(scheme.ink, background)).toBeGreaterThanOrEqual(7);
      expect(contrast(scheme.soft, background)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
