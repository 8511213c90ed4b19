import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { type Loudness, LoudnessReader } from '../../src/media/sound/loudness.ts';
import { composeBed, MOODS, type WriteBed } from '../../src/media/sound/music.ts';
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

/** Each piece is composed once, though several films have it. */
const pieces = new Map<string, Promise<Uint8Array>>();
const composeOnce: WriteBed = async (mood, path) => {
  const piece = pieces.get(mood) ?? composeBed(mood, signal);
  pieces.set(mood, piece);
  await writeFile(path, await piece);
};

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
  return await new SoundMix(ffmpeg, composeOnce, files).mix(request);
}

/** The loudness of several parts of a sound, in one run of FFmpeg; each part is what its filters leave. */
async function measure<Name extends string>(
  path: string,
  parts: Readonly<Record<Name, string>>,
): Promise<(name: Name) => Loudness> {
  const filters: [string, string][] = Object.entries(parts);
  const readers = new Map(filters.map(([name]) => [name, new LoudnessReader()]));
  let current: LoudnessReader | undefined;
  // The summaries follow one another.
  const onLog = (line: string): void => {
    const [, name] = /ebur128@(\w+) .*Summary:/.exec(line) ?? [];
    current = name === undefined ? current : readers.get(name);
    current?.read(line);
  };
  const split = `[0:a]asplit=${filters.length}${filters.map(([name]) => `[${name}]`).join('')}`;
  const chains = filters.map(
    ([name, filter]) => `[${name}]${filter},ebur128@${name}=peak=true:framelog=verbose[${name}out]`,
  );
  const outputs = filters.flatMap(([name]) => ['-map', `[${name}out]`]);
  const args = ['-i', path, '-filter_complex', [split, ...chains].join(';'), ...outputs, '-f', 'null', '-'];
  await ffmpeg.run(args, { signal, onLog });
  return (name) => readers.get(name)?.result ?? expect.fail(name);
}

const within = ({ start, end }: { start: number; end: number }, filters: string): string =>
  `${filters},atrim=start=${start}:end=${end}`;

async function expectLevels(path: string, volume: number): Promise<void> {
  const offset = 20 * Math.log10(volume / 0.15);
  const measured = await measure(path, {
    voice: within(SPOKEN, ONLY_VOICE),
    music: within(SPOKEN, ONLY_MUSIC),
    swell: within(GAP, ONLY_MUSIC),
    all: 'anull',
  });
  // How far the music is below the voice, in LU: while it speaks, and in the gap.
  const voice = measured('voice').integratedLufs;
  const [speech, gap] = [voice - measured('music').integratedLufs, voice - measured('swell').integratedLufs];
  expect(Math.abs(speech - (18 - offset)), `${speech} LU below the voice`).toBeLessThanOrEqual(1.5);
  expect(Math.abs(gap - (10 - offset)), `${gap} LU below the voice in the gap`).toBeLessThanOrEqual(1.5);
  const { integratedLufs, truePeakDbtp } = measured('all');
  expect(Math.abs(integratedLufs + 14)).toBeLessThanOrEqual(1);
  expect(truePeakDbtp).toBeLessThanOrEqual(-1);
}

describe('The music of a finished film', { timeout: 90_000 }, () => {
  for (const mood of MOODS)
    it(`is 18 LU below the voice and 10 LU below it in gaps at the default volume: ${mood}`, async () => {
      await expectLevels(await soundWith({ mood, volume: 0.15 }), 0.15);
    });

  for (const volume of [0.03, 1])
    it(`has the distance to the voice that its volume ${volume} gives`, async () => {
      await expectLevels(await soundWith({ mood: 'bright', volume }), volume);
    });

  it('fades in before the first word and out after the last one', async () => {
    const path = await soundWith({ mood: 'calm', volume: 0.5 });
    const during = (start: number) => within({ start, end: start + 0.45 }, ONLY_MUSIC);
    const parts = { beginning: during(0), spoken: during(3), swell: during(18.8), end: during(20.05) };
    const measured = await measure(path, parts);
    const beginning = measured('beginning').integratedLufs;
    const spoken = measured('spoken').integratedLufs;
    const swell = measured('swell').integratedLufs;
    const end = measured('end').integratedLufs;
    expect(beginning).toBeGreaterThan(spoken);
    expect(swell).toBeGreaterThan(spoken + 5);
    expect(end).toBeLessThan(swell - 8);
  });
});
