import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectFilm } from '../../src/media/checks/film-quality.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { LoudnessReader } from '../../src/media/sound/loudness.ts';
import { SoundMix } from '../../src/media/sound/sound-mix.ts';
import { loudnessOver } from '../helpers/media/decoded-sound.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { formatOf, makeScenes } from '../helpers/media/media-fixtures.ts';

const SMALL = { width: 320, height: 180 };

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
const ffmpeg = new Ffmpeg();
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

/** Makes a film of two scenes whose voices have this peak, and inspects it. */
async function filmOf(loudness: number) {
  const { assembler, folder, filmPath, signal, ffmpeg } = fixture;
  const specs = ['one', 'two'].map((id) => ({ id, narrationSeconds: 2, loudness }));
  const scenes = await makeScenes(folder, specs, SMALL);
  const format = formatOf(SMALL, 25);
  const film = await assembler.assemble({ scenes, format, outputPath: filmPath, signal });
  const expected = { size: SMALL, frameRate: 25, totalFrames: film.totalFrames, music: false };
  return inspectFilm(ffmpeg, filmPath, expected, signal);
}

describe('The sound of a film', () => {
  for (const [name, loudness] of [
    ['very quiet', 0.004],
    ['usual', 0.5],
    ['clipping', 8],
  ] as const) {
    it(`has the target loudness, the allowed peak and the length of the picture with a ${name} voice, and begins each narration at the exact sample`, async () => {
      const quality = await filmOf(loudness);
      expect(quality.problems).toEqual([]);
      expect(Math.abs(quality.integratedLoudnessLufs + 14)).toBeLessThanOrEqual(1);
      expect(quality.truePeakDbtp).toBeLessThanOrEqual(-1);

      const levels = await loudnessOver(fixture.filmPath, 0.01);
      const first = levels.findIndex((level) => level > 0.02) / 100;
      // The voice begins 12 frames into the film, the second one 12 frames after its scene begins at frame 65.
      expect(Math.abs(first - 12 / 25)).toBeLessThanOrEqual(0.03);
      const second = levels.findIndex((level, at) => at > 270 && level > 0.02) / 100;
      expect(Math.abs(second - 77 / 25)).toBeLessThanOrEqual(0.03);
    });
  }

  it('has no music if its volume is 0', async () => {
    const { ffmpeg, folder, signal } = fixture;
    const voicePath = join(folder, 'whistle.wav');
    await ffmpeg.run(['-f', 'lavfi', '-i', 'sine=f=5000:r=48000:d=1', voicePath], { signal });
    const voices = [{ path: voicePath, startSample: 0, endSample: 48_000 }];
    const music = { mood: 'calm', volume: 0 };
    const request = { voices, samples: 3 * 48_000, music, folder, signal, onProgress: () => undefined };
    const levels = await loudnessOver(await new SoundMix(ffmpeg).mix(request), 1);
    expect(levels[0]).toBeGreaterThan(0);
    expect(levels[2]).toBe(0);
  });

  it('stays below the peak limit with a voice of sharp peaks, and has the target loudness', async () => {
    const { ffmpeg, folder, signal } = fixture;
    // Peaks 22 dB above the loudness, as of hard consonants close to a microphone; a usual voice has 12 to 15.
    const sharp = '0.08*sin(2*PI*300*t)+0.9*sin(2*PI*2500*t)*lt(mod(t,0.31),0.004)';
    const voicePath = join(folder, 'sharp.wav');
    await ffmpeg.run(['-f', 'lavfi', '-i', `aevalsrc='${sharp}':s=48000:d=8`, voicePath], { signal });
    const request = {
      voices: [{ path: voicePath, startSample: 0, endSample: 8 * 48_000 }],
      samples: 8 * 48_000,
      folder,
      signal,
    };
    const measured = new LoudnessReader();
    const path = await new SoundMix(ffmpeg).mix({ ...request, onProgress: () => undefined });
    const onLog = (line: string): void => measured.read(line);
    await ffmpeg.run(['-i', path, '-af', 'ebur128=peak=true', '-f', 'null', '-'], { signal, onLog });
    expect(measured.result.truePeakDbtp).toBeLessThanOrEqual(-1);
    expect(measured.result.truePeakDbtp).toBeGreaterThan(-3);
    expect(Math.abs(measured.result.integratedLufs + 14)).toBeLessThanOrEqual(1);
  });

  it('has a hissing voice in the centre: both channels are the same', async () => {
    const { ffmpeg, folder, signal } = fixture;
    const voicePath = join(folder, 'hiss.wav');
    await ffmpeg.run(['-f', 'lavfi', '-i', 'anoisesrc=r=48000:d=4:c=pink:seed=1', voicePath], { signal });
    const request = {
      voices: [{ path: voicePath, startSample: 0, endSample: 4 * 48_000 }],
      samples: 4 * 48_000,
      folder,
      signal,
    };
    const path = await new SoundMix(ffmpeg).mix({ ...request, onProgress: () => undefined });
    expect(Math.min(...(await loudnessOver(path, 1)))).toBeGreaterThan(0.05);
    expect(Math.max(...(await loudnessOver(path, 0.02, 'pan=mono|c0=c0-c1')))).toBeLessThan(0.0005);
  });
});
