import { describe, expect, it } from 'vitest';
import { audibleRange, samplesOf, wavFile } from './pcm.ts';

describe('The audible range', () => {
  it('includes 10 ms before the sound and 20 ms after it', () => {
    const samples = new Int16Array(3000).fill(61, 1000, 2000).fill(60, 2000, 2500);
    expect(audibleRange(samples, 22_050)).toEqual({ start: 1000 - 221, end: 2000 + 441 });
  });

  it('is undefined if nothing is louder than the threshold', () => {
    expect(audibleRange(new Int16Array(100).fill(60), 22_050)).toBeUndefined();
  });

  it('does not exceed the samples', () => {
    expect(audibleRange(new Int16Array(50).fill(-500), 22_050)).toEqual({ start: 0, end: 50 });
  });

  it('can be read from bytes at an odd address', () => {
    expect([...samplesOf(Buffer.from([9, 1, 0, 255, 255]).subarray(1))]).toEqual([1, -1]);
  });

  it('becomes a WAV file with a correct header', () => {
    const wav = Buffer.from(wavFile([Int16Array.of(1, 2), Int16Array.of(-3)], 22_050));
    expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16) + wav.toString('latin1', 36, 40)).toBe(
      'RIFFWAVEfmt data',
    );
    expect([
      wav.readUInt32LE(4),
      wav.readUInt16LE(22),
      wav.readUInt32LE(24),
      wav.readUInt32LE(28),
      wav.readUInt16LE(34),
      wav.readUInt32LE(40),
    ]).toEqual([42, 1, 22_050, 44_100, 16, 6]);
    expect([wav.readInt16LE(44), wav.readInt16LE(46), wav.readInt16LE(48)]).toEqual([1, 2, -3]);
  });
});
