import { describe, expect, it } from 'vitest';
import { captionMetrics, captionSafeHeight } from './caption-area.ts';

const STYLES = ['BLOCK', 'WORD_HIGHLIGHT'] as const;
const TALL = [
  { width: 480, height: 854 },
  { width: 720, height: 1280 },
  { width: 1080, height: 1920 },
] as const;
const WIDE = [
  { width: 854, height: 480 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 480, height: 480 },
  { width: 1080, height: 1080 },
] as const;

const cases = (sizes: readonly { width: number; height: number }[]) =>
  STYLES.flatMap((style) => sizes.map((size) => ({ style, ...size })));

describe('The place of captions', () => {
  it.each(cases([...TALL, ...WIDE]))(
    'is on even pixels, 5 % from every edge: $style, $width × $height',
    ({ style, ...size }) => {
      const { x, y, width, height } = captionMetrics(size, style).area;
      for (const value of [x, y, width, height]) expect(value % 2).toBe(0);
      expect(x).toBeGreaterThanOrEqual(0.05 * size.width);
      expect(x + width).toBeLessThanOrEqual(0.95 * size.width);
      expect(y + height).toBeLessThanOrEqual(0.95 * size.height);
      expect(captionSafeHeight(size, style)).toBe(size.height - y);
    },
  );

  it.each(cases(TALL))(
    'is what Shorts, Reels and TikTok leave free in a tall frame: $style, $width × $height',
    ({ style, ...size }) => {
      const { x, y, width, height } = captionMetrics(size, style).area;
      const scale = size.width / 1080;
      expect(x).toBeGreaterThanOrEqual(192 * scale);
      expect(x + width).toBeLessThanOrEqual(size.width - 192 * scale);
      expect(y).toBeGreaterThanOrEqual(288 * scale);
      expect(y + height).toBeLessThanOrEqual(size.height - 672 * scale + 0.5);
    },
  );

  it.each(cases(TALL))(
    'has the middle of one line, and of two, at 60 to 70 % of a tall frame: $style, $width × $height',
    ({ style, ...size }) => {
      const { area, padY, lineStep } = captionMetrics(size, style);
      for (const lines of [1, 2]) {
        const middle = (area.y + area.height - padY - (lines / 2) * lineStep) / size.height;
        expect(middle).toBeGreaterThanOrEqual(0.598);
        expect(middle).toBeLessThanOrEqual(0.7);
      }
    },
  );

  it.each(cases(WIDE))('is the lower third of other frames: $style, $width × $height', ({ style, ...size }) => {
    const { y } = captionMetrics(size, style).area;
    expect(y).toBeGreaterThanOrEqual((size.height * 2) / 3);
  });

  it.each(cases(TALL))(
    'has letters of 64 to 90 pixels at a width of 1080: $style, $width × $height',
    ({ style, ...size }) => {
      const { fontSize, smallestFontSize } = captionMetrics(size, style);
      expect((fontSize * 1080) / size.width).toBeLessThanOrEqual(90);
      expect((smallestFontSize * 1080) / size.width).toBeGreaterThanOrEqual(64 - 1e-9);
    },
  );
});
