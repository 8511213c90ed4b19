import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectFilm } from '../../src/media/checks/film-quality.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';

const EXPECTED = { size: { width: 320, height: 180 }, frameRate: 25, totalFrames: 150, music: false };
const TAGS = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
const GOOD = {
  // Two seconds, as in our films: where key frames lie farther apart, every frame is decoded a second time.
  keyEvery: 50,
  picture: 'testsrc2=s=320x180:r=25:d=6',
  sound: 'sine=f=440:r=48000:d=6',
  seconds: 6,
  fast: true,
};

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
const ffmpeg = new Ffmpeg();
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

/** Problems of a film that differs from a correct one by the given changes. */
async function problemsOf(
  changes: Partial<typeof GOOD & { level: string; tags: string[]; music: boolean }>,
): Promise<string[]> {
  const given = { ...GOOD, level: '8.5dB', tags: TAGS, music: false, ...changes };
  const { keyEvery, picture, sound, seconds, fast, level, tags, music } = given;
  const path = join(fixture.folder, 'film.mp4');
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, '-t', String(seconds)];
  const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(keyEvery), '-pix_fmt', 'yuv420p', ...tags];
  const audio = ['-af', `volume=${level}`, '-c:a', 'aac', '-ac', '2'];
  const flags = fast ? ['-movflags', '+faststart'] : [];
  await fixture.ffmpeg.run([...inputs, ...video, ...audio, ...flags, path], { signal: fixture.signal });
  const quality = await inspectFilm(fixture.ffmpeg, path, { ...EXPECTED, music }, fixture.signal);
  expect(quality.passed).toBe(quality.problems.length === 0);
  return quality.problems;
}

describe('The inspection of a film', () => {
  it('passes a correct film', async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  it('reports a picture that is black for longer than two seconds', async () => {
    const black = (from: number, to: number): string =>
      `${GOOD.picture},drawbox=c=black:t=fill:enable='between(t,${from},${to})'`;
    expect(await problemsOf({ keyEvery: 150, picture: black(2, 3.8) })).toEqual([]);
    expect(await problemsOf({ keyEvery: 150, picture: black(2, 4.2) })).toEqual([
      expect.stringMatching(/^The picture is black for 2\.\d seconds\.$/),
    ]);
  });

  it('finds black also if key frames are close together, and only one of them is black', async () => {
    const black = (from: number): string => `${GOOD.picture},drawbox=c=black:t=fill:enable='gte(t,${from})'`;
    expect(await problemsOf({ picture: black(3.6) })).toEqual([
      expect.stringMatching(/^The picture is black for 2\.\d seconds\.$/),
    ]);
    expect(await problemsOf({ picture: black(4.4) })).toEqual([]);
  });

  it('reports a film with an unreadable part', async () => {
    expect(await problemsOf({ keyEvery: 25 })).toEqual([]);
    const path = join(fixture.folder, 'film.mp4');
    const file = await open(path, 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(Math.floor(size / 5)), 0, undefined, Math.floor(size / 2));
    await file.close();
    const { problems } = await inspectFilm(fixture.ffmpeg, path, EXPECTED, fixture.signal);
    expect(problems).toContain('Parts of the file cannot be read.');
  });

  it('reports a silent film', async () => {
    const problems = await problemsOf({ sound: 'anullsrc=r=48000:d=6' });
    expect(problems).toContainEqual(expect.stringMatching(/^The film is silent for (5|6)\.\d seconds\.$/));
  });

  it('reports a film that is a frame too short or too long', async () => {
    expect(await problemsOf({ seconds: 5.96 })).toContain('The film has 149 frames instead of 150.');
    const longer = {
      keyEvery: 150,
      picture: 'testsrc2=s=320x180:r=25:d=7',
      sound: 'sine=f=440:r=48000:d=7',
      seconds: 6.04,
    };
    expect(await problemsOf(longer)).toContain('The film has 151 frames instead of 150.');
  });

  it('reports a film that is too quiet, too loud or over its peak limit', async () => {
    // The tone has -21.8 LUFS and -21.1 dBTP.
    expect(await problemsOf({ level: '7dB' })).toEqual([]);
    expect(await problemsOf({ level: '6.5dB' })).toEqual([expect.stringContaining('loudness of -15.3 LUFS')]);
    expect(await problemsOf({ level: '9.1dB' })).toEqual([expect.stringContaining('loudness of -12.7 LUFS')]);
    const loud = await problemsOf({ level: '20.9dB' });
    expect(loud).toEqual([expect.stringContaining('loudness'), expect.stringContaining('peaks at')]);
  });

  for (const music of [false, true]) {
    it(`measures both channels if they differ, ${music ? 'as with music' : 'also when they should not'}`, async () => {
      const problemsWithLevels = (left: number, right: number): Promise<string[]> =>
        problemsOf({ sound: `aevalsrc='${left}*sin(880*PI*t)|${right}*sin(880*PI*t)':s=48000:d=6`, music });
      expect(await problemsWithLevels(0.088, 0.088)).toEqual([]);
      expect(await problemsWithLevels(0.088, 0.176)).toEqual([expect.stringContaining('loudness of -9.')]);
      expect(await problemsWithLevels(0.088, 0)).toEqual([expect.stringContaining('loudness of -16.')]);
    });
  }

  it('reports a wrong size, unmarked colours and an index at the end', async () => {
    const problems = await problemsOf({ picture: 'testsrc2=s=480x270:r=25:d=6', tags: [], fast: false });
    expect(problems).toEqual([
      'The picture is 480 × 270 instead of 320 × 180.',
      'The colours are not marked as BT.709.',
      'The file cannot begin to play before it is loaded whole.',
    ]);
  });
});
