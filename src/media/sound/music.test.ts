import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockPowers, lufsOf } from './k-weighting.ts';
import { composeBed, MOODS, MUSIC_LUFS, writeBed } from './music.ts';

const signal = new AbortController().signal;

interface Decoded {
  readonly bytes: Buffer;
  readonly rate: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

const decoded = new Map<string, Promise<Decoded>>();

/** The music of a mood, which the tests share. */
async function musicOf(mood: string): Promise<Decoded> {
  const known = decoded.get(mood) ?? composeBed(mood, signal).then(decode);
  decoded.set(mood, known);
  return await known;
}

function decode(wav: Uint8Array): Decoded {
  const bytes = Buffer.from(wav.buffer, wav.byteOffset, wav.length);
  const frames = (bytes.length - 44) / 4;
  const channel = (offset: number): Float32Array => {
    const samples = new Float32Array(frames);
    for (let at = 0; at < frames; at += 1) samples[at] = bytes.readInt16LE(44 + 4 * at + offset) / 32_768;
    return samples;
  };
  return { bytes, rate: bytes.readUInt32LE(24), left: channel(0), right: channel(2) };
}

function loudest(samples: Float32Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** A sound through a highpass of second order, as a small speaker reproduces it. */
function withoutBass(samples: Float32Array, cutoffHz: number, rate: number): Float32Array {
  const factor = 1 - Math.exp((-2 * Math.PI * cutoffHz) / rate);
  let [first, second] = [0, 0];
  return samples.map((sample) => {
    first += factor * (sample - first);
    second += factor * (sample - first - second);
    return sample - first - second;
  });
}

describe('The built-in music', { timeout: 60_000 }, () => {
  it('has five moods, whose music is different and always the same', async () => {
    expect(MOODS).toEqual(['calm', 'bright', 'serious', 'energetic', 'dramatic']);
    const all = await Promise.all(MOODS.map(musicOf));
    expect(Buffer.compare(Buffer.from(await composeBed('calm', signal)), all[0]?.bytes ?? Buffer.alloc(0))).toBe(0);
    expect(new Set(all.map(({ bytes }) => bytes.toString('base64', 0, 40_000))).size).toBe(5);
  });

  it('leaves no samples in the memory once its file is written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'music-'));
    const before = process.memoryUsage().arrayBuffers;
    await writeBed('calm', join(folder, 'calm.wav'), signal);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
    await rm(folder, { recursive: true });
  });

  it('is calm for a mood that does not exist', async () => {
    expect(Buffer.compare(Buffer.from(await composeBed('furious', signal)), (await musicOf('calm')).bytes)).toBe(0);
  });

  for (const mood of MOODS) {
    it(`lasts 60 to 90 seconds, with the same loudness in each section and without clipping: ${mood}`, async () => {
      const { left, right, rate } = await musicOf(mood);
      expect(left.length / rate).toBeGreaterThan(60);
      expect(left.length / rate).toBeLessThan(90);
      const whole = blockPowers(left, right, rate, left.length);
      expect(Math.abs(lufsOf(whole[0] ?? 0) - MUSIC_LUFS)).toBeLessThan(0.3);
      const parts = [...blockPowers(left, right, rate, 8 * rate)].map(lufsOf).slice(0, -1);
      for (const part of parts) expect(Math.abs(part - MUSIC_LUFS)).toBeLessThan(1);
      expect(Math.max(loudest(left), loudest(right))).toBeLessThan(0.95);
    });

    it(`is audible on a speaker without bass: ${mood}`, async () => {
      const { left, right, rate } = await musicOf(mood);
      const small = [left, right].map((channel) => withoutBass(channel, 300, rate));
      const [power = 0] = blockPowers(small[0] ?? left, small[1] ?? right, rate, left.length);
      expect(lufsOf(power)).toBeGreaterThan(MUSIC_LUFS - 6);
    });

    it(`loops without a click: ${mood}`, async () => {
      const { left, right, rate } = await musicOf(mood);
      for (const channel of [left, right]) {
        // The step over the seam, from the last sample to the first, is not larger than those of its surroundings.
        const seam = Math.abs((channel[0] ?? 0) - (channel.at(-1) ?? 0));
        const around = [channel.subarray(0, rate / 10), channel.subarray(-rate / 10)].flatMap((part) =>
          Array.from(part.subarray(1), (sample, at) => Math.abs(sample - (part[at] ?? 0))),
        );
        expect(seam).toBeLessThanOrEqual(Math.max(...around));
      }
    });
  }

  it('stops when it is aborted', async () => {
    const abort = new AbortController();
    const composing = composeBed('calm', abort.signal);
    abort.abort();
    await expect(composing).rejects.toMatchObject({ code: 'CANCELED' });
  });
});
