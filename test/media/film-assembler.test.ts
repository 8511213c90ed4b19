import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { inspectFilm } from '../../src/media/checks/film-quality.ts';
import type { CaptionLook } from '../../src/media/film/film.ts';
import { planFilm } from '../../src/media/film/film-plan.ts';
import { makePoster } from '../../src/media/film/poster.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { brightness, decodeLuma, difference } from '../helpers/media/decoded-frames.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { BLOCK, cueOf, formatOf, makeScenes } from '../helpers/media/media-fixtures.ts';

const SMALL = { width: 320, height: 180 };

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
const ffmpeg = new Ffmpeg();
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

function specs(seconds: readonly number[]) {
  return seconds.map((narrationSeconds, at) => ({ id: `scene-${at}`, narrationSeconds }));
}

describe('A film', () => {
  for (const [frameRate, lengths] of [
    [25, [[1.333], [0.53, 0.71, 0.4483, 0.999, 0.505]]],
    [30, [[0.667], [0.21, 1.777]]],
  ] as const) {
    for (const seconds of lengths) {
      it(`of ${seconds.length} scenes at ${frameRate} frames a second has every frame, once, at its time`, async () => {
        const { assembler, folder, filmPath, signal, ffmpeg } = fixture;
        const scenes = await makeScenes(folder, specs(seconds), SMALL);
        const film = await assembler.assemble({
          scenes,
          format: formatOf(SMALL, frameRate),
          outputPath: filmPath,
          signal,
        });
        expect(film.totalFrames).toBe(planFilm(seconds, formatOf(SMALL, frameRate).rhythm).totalFrames);
        const times = await frameTimes(filmPath);
        expect(times).toHaveLength(film.totalFrames);
        for (const [at, time] of times.entries()) expect(time).toBeCloseTo(at / frameRate, 3);
        expect((await decodeLuma(filmPath, 64, 36)).length).toBe(film.totalFrames);
        const expected = { size: SMALL, frameRate, totalFrames: film.totalFrames, music: false };
        expect(await inspectFilm(ffmpeg, filmPath, expected, signal)).toMatchObject({ problems: [], passed: true });
      });
    }
  }

  it('fades from scene to scene in even steps, without a jump between clips', async () => {
    const { assembler, folder, filmPath, signal } = fixture;
    const format = formatOf(SMALL, 25);
    // The pictures differ so much that encoding artefacts are small relative to a step of the fade.
    const contrasting = specs([1.5, 1.5, 1.5]).map((spec, at) => ({ ...spec, picture: at % 2 }));
    const scenes = await makeScenes(folder, contrasting, SMALL);
    await assembler.assemble({ scenes, format, outputPath: filmPath, signal });
    const frames = await decodeLuma(filmPath, 160, 90);
    const steps = frames.slice(1).map((frame, at) => difference(frames[at] ?? frame, frame));
    for (const { startFrame } of planFilm([1.5, 1.5, 1.5], format.rhythm).scenes.slice(1)) {
      const fade = steps.slice(startFrame, startFrame + 10);
      // A missing frame would double a step, a repeated one would make it zero; a new key frame only adds a half.
      expect(Math.max(...fade) / Math.min(...fade)).toBeLessThan(1.8);
      // Outside of the fade only the slow motion changes the picture.
      for (const at of [startFrame - 3, startFrame - 2, startFrame + 10, startFrame + 11]) {
        expect(steps[at]).toBeLessThan(Math.min(...fade) / 2);
      }
    }
  });

  it('shows a burned-in caption only during its cue', async () => {
    const { assembler, folder, filmPath, signal } = fixture;
    const cues = [cueOf({ startSeconds: 0.4, endSeconds: 1.2, lines: ['words'] })];
    const spec = { id: 'only', narrationSeconds: 2, cues };
    const scenes = await makeScenes(folder, [spec], SMALL);
    const plate = { x: 0.25, y: 0.84, right: 0.75, bottom: 0.86 };
    const shown = async (captionLook: CaptionLook | null) => {
      await assembler.assemble({
        scenes,
        format: formatOf(SMALL, 25, { captionLook }),
        outputPath: filmPath,
        signal,
      });
      return (await decodeLuma(filmPath, 320, 180)).map((frame) => brightness(frame, 320, plate));
    };
    const [without, withCaption] = [await shown(null), await shown(BLOCK)];
    const darker = without.flatMap((light, at) => (light - (withCaption[at] ?? 0) > 25 ? [at] : []));
    expect(darker).toEqual(Array.from({ length: 20 }, (_, at) => 12 + 10 + at));
  });

  it('renders only the changed scene and its two seams again', async () => {
    const { assembler, folder, filmPath, signal } = fixture;
    const format = formatOf(SMALL, 25);
    const four = specs(Array.from({ length: 4 }, () => 0.4));
    const scenes = await makeScenes(folder, four, SMALL);
    const first = await assembler.assemble({ scenes, format, outputPath: filmPath, signal });
    expect(first).toMatchObject({ clipsMade: 7, clipsReused: 0 });
    const changed = await makeScenes(folder, four.with(2, { id: 'scene-2', narrationSeconds: 0.6 }), SMALL);
    const pictured = await makeScenes(folder, [{ id: 'scene-2', narrationSeconds: 0.6, picture: 77 }], SMALL);
    const edited = changed.with(2, pictured[0] ?? expect.fail());
    const again = await assembler.assemble({ scenes: edited, format, outputPath: filmPath, signal });
    expect(again).toMatchObject({ clipsMade: 3, clipsReused: 4 });
    const same = await assembler.assemble({ scenes: edited, format, outputPath: filmPath, signal });
    expect(same).toMatchObject({ clipsMade: 0, clipsReused: 7 });
  });

  it('uses clips prepared while later pictures were still drawn, also if they are still being rendered', async () => {
    const { assembler, folder, filmPath, signal, clipDir } = fixture;
    const format = formatOf(SMALL, 25);
    const scenes = await makeScenes(folder, specs([0.4, 0.4, 0.4]), SMALL);
    const [one = expect.fail(), two = expect.fail()] = scenes;
    await assembler.prepareScene({ scene: one, position: { index: 0, count: 3 } }, format, signal);
    const underWay = assembler.prepareScene(
      { scene: two, position: { index: 1, count: 3 }, previous: one },
      format,
      signal,
    );
    const film = await assembler.assemble({ scenes, format, outputPath: filmPath, signal });
    await underWay;
    expect(film.clipsReused).toBe(1);
    expect(film.clipsMade).toBe(4);
    expect(await readdir(clipDir)).toHaveLength(5);
  });

  it('reports progress that never decreases, and reports the end once', async () => {
    const { assembler, folder, filmPath, signal } = fixture;
    const scenes = await makeScenes(folder, specs([2, 2]), { width: 854, height: 480 });
    const seen: number[] = [];
    const format = formatOf({ width: 854, height: 480 }, 25);
    await assembler.assemble({
      scenes,
      format,
      outputPath: filmPath,
      signal,
      onProgress: (fraction) => seen.push(fraction),
    });
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.filter((fraction) => fraction === 1)).toHaveLength(1);
    expect(seen.at(-1)).toBe(1);
    expect(seen.length).toBeGreaterThan(3);
  });

  it('has a poster of the first scene that is not black', async () => {
    const { folder, signal, ffmpeg, tempDir } = fixture;
    const format = formatOf(SMALL, 25);
    const [black = expect.fail(), bright = expect.fail()] = await makeScenes(folder, specs([0.2, 0.2]), SMALL);
    await ffmpeg.run(['-f', 'lavfi', '-i', 'color=black:s=320x180', '-frames:v', '1', black.picturePath], { signal });
    const outputPath = join(folder, 'poster.jpg');
    const overlays = new SkiaOverlayPainter(new FontBook());
    await makePoster({ ffmpeg, overlays, tempDir }, { scenes: [black, bright], format, outputPath, signal });
    const [poster = expect.fail()] = await decodeLuma(outputPath, 320, 180);
    expect(brightness(poster, 320, { x: 0, y: 0, right: 1, bottom: 1 })).toBeGreaterThan(50);
    expect(await readdir(tempDir)).toEqual([]);
  });
});

/** Presentation times of a film's frames, in order. */
async function frameTimes(path: string): Promise<number[]> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path];
  const { stdout } = await promisify(execFile)('ffprobe', args);
  const times = stdout.trim().split('\n').map(Number.parseFloat);
  return times.toSorted((one, other) => one - other);
}
