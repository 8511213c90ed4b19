import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { type Loudness, LoudnessReader } from '../../src/media/sound/loudness.ts';
import { MOODS } from '../../src/media/sound/music.ts';
import type { MusicFile } from '../../src/media/sound/music-files.ts';
import { SoundMix } from '../../src/media/sound/sound-mix.ts';

const ffmpeg = new Ffmpeg();
const signal = new AbortController().signal;

/** Two narrations with a pause of 2 s between them and 2 s after them. */
const SPEECH = [
  { start: 0.5, end: 8.5 },
  { start: 10.5, end: 18.5 },
] as const;
const SECONDS = 20.5;
/** Windows in which the envelope has reached its level. */
const SPOKEN = { start: 11, end: 18 };
const GAP = { start: 8.9, end: 10.2 };

/** The voice is a tone of 9 kHz, and the music has hardly anything above 6 kHz: filters separate the two. */
const ONLY_VOICE = "firequalizer=gain='if(gt(f,6000),0,-120)'";
const ONLY_MUSIC = "firequalizer=gain='if(lt(f,6000),0,-120)'";

let folder: string;
let voicePath: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'music-'));
  voicePath = join(folder, 'voice.wav');
  // Louder and quieter five times a second, as syllables are.
  const voice = 'sine=f=9000:r=48000:d=8,tremolo=f=5:d=0.8';
  await ffmpeg.run(['-f', 'lavfi', '-i', voice, voicePath], { signal });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The finished sound of a film with this music. */
async function soundWith(
  music: { mood: string; volume: number },
  files: ReadonlyMap<string, MusicFile> = new Map<string, MusicFile>(),
): Promise<string> {
  const own = await mkdtemp(join(folder, 'mix-'));
  const voices = SPEECH.map(({ start, end }) => ({
    path: voicePath,
    startSample: start * 48_000,
    endSample: end * 48_000,
  }));
  const request = { voices, samples: SECONDS * 48_000, music, folder: own, signal, onProgress: () => undefined };
  return await new SoundMix(ffmpeg, undefined, files).mix(request);
}

async function measure(path: string, filters: string): Promise<Loudness> {
  const reader = new LoudnessReader();
  const onLog = (line: string): void => reader.read(line);
  await ffmpeg.run(['-i', path, '-af', `${filters},ebur128=peak=true:framelog=verbose`, '-f', 'null', '-'], {
    signal,
    onLog,
  });
  return reader.result;
}

async function lufsIn(path: string, { start, end }: { start: number; end: number }, filters: string): Promise<number> {
  return (await measure(path, `${filters},atrim=start=${start}:end=${end}`)).integratedLufs;
}

/** How far the music is below the voice, in LU: while it speaks, and in the gap. */
async function distances(path: string): Promise<{ speech: number; gap: number }> {
  const voice = await lufsIn(path, SPOKEN, ONLY_VOICE);
  return {
    speech: voice - (await lufsIn(path, SPOKEN, ONLY_MUSIC)),
    gap: voice - (await lufsIn(path, GAP, ONLY_MUSIC)),
  };
}

async function expectLevels(path: string, volume: number): Promise<void> {
  const offset = 20 * Math.log10(volume / 0.15);
  const { speech, gap } = await distances(path);
  expect(Math.abs(speech - (18 - offset)), `${speech} LU below the voice`).toBeLessThanOrEqual(1.5);
  expect(Math.abs(gap - (10 - offset)), `${gap} LU below the voice in the gap`).toBeLessThanOrEqual(1.5);
  const { integratedLufs, truePeakDbtp } = await measure(path, 'anull');
  expect(Math.abs(integratedLufs + 14)).toBeLessThanOrEqual(1);
  expect(truePeakDbtp).toBeLessThanOrEqual(-1);
}

describe('The music of a finished film', { timeout: 90_000 }, () => {
  for (const mood of MOODS)
    it(`is 18 LU below the voice and 10 LU below it in gaps at the default volume: ${mood}`, async () => {
      await expectLevels(await soundWith({ mood, volume: 0.15 }), 0.15);
    });

  for (const volume of [0.03, 0.5, 1])
    it(`has the distance to the voice that its volume ${volume} gives`, async () => {
      await expectLevels(await soundWith({ mood: 'bright', volume }), volume);
    });

  it('fades in before the first word and out after the last one', async () => {
    const path = await soundWith({ mood: 'calm', volume: 0.5 });
    const during = (start: number): Promise<number> => lufsIn(path, { start, end: start + 0.45 }, ONLY_MUSIC);
    const [beginning, spoken, swell, end] = [await during(0), await during(3), await during(18.8), await during(20.05)];
    expect(beginning).toBeGreaterThan(spoken);
    expect(swell).toBeGreaterThan(spoken + 5);
    expect(end).toBeLessThan(swell - 8);
  });
});
