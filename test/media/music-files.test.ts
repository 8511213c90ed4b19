import { copyFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { type MusicFile, musicProblem, readMusicFiles } from '../../src/media/sound/music-files.ts';
import { musicSource } from '../../src/media/sound/music-source.ts';
import { SoundMix } from '../../src/media/sound/sound-mix.ts';
import { loudnessOver } from '../helpers/media/decoded-sound.ts';

const ffmpeg = new Ffmpeg();
const signal = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'music-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Noise that fades in and out at its ends, as a song does. */
async function addMusic(name: string, { seconds = 6, amplitude = 0.3 } = {}): Promise<void> {
  const fades = `afade=t=in:d=0.5,afade=t=out:st=${seconds - 0.5}:d=0.5`;
  const source = `anoisesrc=r=44100:c=pink:seed=3:d=${seconds}:a=${amplitude},${fades}`;
  await ffmpeg.run(['-f', 'lavfi', '-i', source, `file:${join(folder, name)}`], { signal });
}

async function problem(): Promise<string> {
  const thrown = await readMusicFiles(ffmpeg, folder, signal).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error(`There is no AppError: ${String(thrown)}`);
  expect(thrown.code).toBe('CONFIG_INVALID');
  return thrown.message;
}

/** The sound of a film of 14 s with this music and a short word at its beginning. */
async function soundOf(mood: string, files: ReadonlyMap<string, MusicFile>): Promise<string> {
  const own = await mkdtemp(join(folder, '.mix-'));
  const voicePath = join(own, 'word.wav');
  await ffmpeg.run(['-f', 'lavfi', '-i', 'sine=f=9000:r=48000:d=1', voicePath], { signal });
  const voices = [{ path: voicePath, startSample: 24_000, endSample: 72_000 }];
  const request = { voices, samples: 14 * 48_000, music: { mood, volume: 0.15 }, folder: own, signal };
  return await new SoundMix(ffmpeg, undefined, files).mix({ ...request, onProgress: () => undefined });
}

describe('The music in MUSIC_DIR', { timeout: 60_000 }, () => {
  it('has a mood for each file, in each format, and its loudness and length', async () => {
    const names = ['calm.mp3', 'waltz.wav', 'Slow Blues.flac', 'été.m4a', 'night-drive_2.ogg'];
    for (const name of names) await addMusic(name);
    await writeFile(join(folder, 'cover.jpg'), 'a picture');
    await writeFile(join(folder, '._calm.mp3'), 'what macOS writes');
    const files = await readMusicFiles(ffmpeg, folder, signal);
    expect([...files.keys()].sort()).toEqual(['calm', 'night-drive_2', 'slow blues', 'waltz', 'été']);
    for (const { seconds, integratedLufs } of files.values()) {
      expect(Math.abs(seconds - 6)).toBeLessThan(0.2);
      expect(integratedLufs).toBeGreaterThan(-40);
      expect(integratedLufs).toBeLessThan(-10);
    }
  });

  it('is refused if the folder is missing or has no music', async () => {
    expect(await problem()).toMatch(/has no file such as calm\.mp3/);
    folder = join(folder, 'missing');
    expect(await problem()).toMatch(/cannot be read: .*missing/);
  });

  it('is refused with the reason of each file that cannot be used', async () => {
    await addMusic('good.wav');
    await addMusic('short.wav', { seconds: 2 });
    await addMusic('silent.wav', { amplitude: 0 });
    await writeFile(join(folder, 'text.mp3'), 'This is not music.\n'.repeat(100));
    await writeFile(join(folder, 'playlist.mp3'), 'ffconcat version 1.0\nfile good.wav\n');
    await writeFile(join(folder, 'huge.wav'), '');
    await truncate(join(folder, 'huge.wav'), 500_000_001);
    await writeFile(join(folder, 'empty.flac'), '');
    await mkdir(join(folder, 'folder.ogg'));
    expect((await problem()).split('\n').sort()).toEqual([
      'Music in the folder of MUSIC_DIR cannot be used.',
      'empty.flac: It is no music that FFmpeg can decode.',
      'folder.ogg: It is not a file.',
      'huge.wav: It has more than 500 MB.',
      'playlist.mp3: It is no music that FFmpeg can decode.',
      'short.wav: It is shorter than 5 seconds.',
      'silent.wav: It is silent.',
      'text.mp3: It is no music that FFmpeg can decode.',
    ]);
  });

  it('is refused if a name is no mood, or two files have the same mood', async () => {
    for (const name of ['calm.wav', 'Calm.flac']) await addMusic(name);
    for (const name of ['a:b.wav', '%2e%2e.wav', '-i.wav', `${'x'.repeat(41)}.wav`])
      await copyFile(join(folder, 'calm.wav'), join(folder, name));
    const lines = (await problem()).split('\n');
    expect(lines).toHaveLength(6);
    for (const name of ['a:b.wav', '%2e%2e.wav', '-i.wav', `${'x'.repeat(41)}.wav`])
      expect(lines).toContain(
        `${name}: A mood has at most 40 letters, digits, blanks, - and _, and begins with a letter or a digit.`,
      );
    expect(lines).toContain('calm.wav: There is another file for the mood "calm".');
  });

  it('is reported when a file is removed later', async () => {
    await addMusic('waltz.wav');
    const files = await readMusicFiles(ffmpeg, folder, signal);
    expect(await musicProblem(files)).toBeNull();
    await rm(join(folder, 'waltz.wav'));
    expect(await musicProblem(files)).toMatch(/mood "waltz" can no longer be read/);
  });
});

describe('A film with music of the user', { timeout: 90_000 }, () => {
  it('has it at the same level whatever the loudness of the file is', async () => {
    await addMusic('quiet.wav', { seconds: 16, amplitude: 0.01 });
    await addMusic('loud.flac', { seconds: 16, amplitude: 0.9 });
    const files = await readMusicFiles(ffmpeg, folder, signal);
    const levels = [];
    for (const mood of ['quiet', 'loud']) levels.push((await loudnessOver(await soundOf(mood, files), 5))[1] ?? 0);
    const [quiet = 0, loud = 0] = levels;
    expect(quiet).toBeGreaterThan(0.01);
    expect(Math.abs(20 * Math.log10(quiet / loud))).toBeLessThan(0.5);
  });

  it('repeats a short file without a gap, from its beginning', async () => {
    await addMusic('short.wav');
    const files = await readMusicFiles(ffmpeg, folder, signal);
    // From the first second, where the music has risen, to the last two, where it fades.
    const levels = (await loudnessOver(await soundOf('short', files), 0.25)).slice(10, 46);
    const [most, least] = [Math.max(...levels), Math.min(...levels)];
    expect(least).toBeGreaterThan(0.5 * most);
  });

  it('is looked up by its mood, never by a path', async () => {
    await addMusic('waltz.wav');
    const makers = {
      ffmpeg,
      writeBed: async () => undefined,
      files: await readMusicFiles(ffmpeg, folder, signal),
    };
    const inputsFor = async (mood: string) =>
      (await musicSource(makers, { mood, seconds: 5, folder, signal })).inputs.join(' ');
    expect(await inputsFor('waltz')).toContain('waltz.wav');
    for (const mood of ['../waltz', './waltz', 'waltz.wav', join(folder, 'waltz'), join(folder, 'waltz.wav')])
      expect(await inputsFor(mood)).toBe(`-stream_loop -1 -i file:${join(folder, 'music.wav')}`);
  });
});
