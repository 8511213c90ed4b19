import { describe, expect, it } from 'vitest';
import { stretched } from './stretch.ts';

const RATE = 22_050;
const tone = (hertz: number, seconds: number): Int16Array =>
  Int16Array.from({ length: seconds * RATE }, (_, i) => Math.round(8_000 * Math.sin((2 * Math.PI * hertz * i) / RATE)));

/** Crossings of zero upwards in a second. */
function pitchOf(samples: Int16Array): number {
  let crossings = 0;
  for (let i = 1; i < samples.length; i += 1) if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) crossings += 1;
  return crossings / (samples.length / RATE);
}

describe('A stretched sound', () => {
  it.each([1.1, 1.45, 2])('is %s times as long, at the same pitch and as loud', (factor) => {
    for (const hertz of [90, 180, 440]) {
      const long = stretched(tone(hertz, 0.5), RATE, factor);
      expect(long.length / RATE).toBeCloseTo(0.5 * factor, 3);
      expect(Math.abs(pitchOf(long) - hertz)).toBeLessThan(0.03 * hertz);
      expect(Math.max(...long)).toBeGreaterThan(7_000);
      expect(Math.max(...long)).toBeLessThan(8_800);
    }
  });

  it('keeps its events in place: a click in the middle stays in the middle', () => {
    const quiet = new Int16Array(RATE).fill(0);
    quiet.fill(9_000, RATE / 2, RATE / 2 + 40);
    const long = stretched(quiet, RATE, 1.5);
    const loudest = long.indexOf(Math.max(...long)) / long.length;
    expect(loudest).toBeCloseTo(0.5, 1);
  });

  it('is the same where it is not stretched, or too short to be', () => {
    const sound = tone(200, 0.2);
    expect(stretched(sound, RATE, 1)).toBe(sound);
    expect(stretched(new Int16Array(5), RATE, 1.5)).toHaveLength(5);
  });
});
