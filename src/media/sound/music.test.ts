import { describe, expect, it } from 'vitest';
import { composeBed, MOODS } from './music.ts';

const signal = new AbortController().signal;

describe('The built-in music', () => {
  it('is always the same for one mood, and different for each mood', async () => {
    const beds = await Promise.all(MOODS.map((mood) => composeBed(mood, signal)));
    expect(Buffer.compare(await composeBed('calm', signal), beds[0] ?? new Uint8Array())).toBe(0);
    expect(new Set(beds.map((bed) => Buffer.from(bed).toString('base64').slice(0, 4000))).size).toBe(MOODS.length);
  });

  it('has the same level in every mood and does not clip', async () => {
    for (const mood of MOODS) {
      const bed = Buffer.from(await composeBed(mood, signal));
      const samples = Array.from({ length: (bed.length - 44) / 2 }, (_, at) => bed.readInt16LE(44 + 2 * at) / 32_768);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      expect(Math.sqrt(power)).toBeCloseTo(0.12, 2);
      expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(0.95);
    }
  });

  it('loops without a click', async () => {
    const bed = Buffer.from(await composeBed('serious', signal));
    const [first, last] = [bed.readInt16LE(44), bed.readInt16LE(bed.length - 4)];
    expect(Math.abs(first - last)).toBeLessThan(1500);
  });
});
