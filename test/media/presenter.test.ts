import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { captionMetrics } from '../../src/media/captions/caption-area.ts';
import { inspectFilm } from '../../src/media/checks/film-quality.ts';
import type { FilmFormat, FrameSize, PresenterLayout, SceneMedia } from '../../src/media/film/film.ts';
import { presenterChecker } from '../../src/media/presenter/check-presenter.ts';
import { presenterPlace } from '../../src/media/presenter/presenter-place.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { decodeLuma } from '../helpers/media/decoded-frames.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { BLOCK, cueOf, formatOf, makeScenes, WORD_HIGHLIGHT } from '../helpers/media/media-fixtures.ts';

const ffmpeg = new Ffmpeg();
let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

/** A video whose left half is dark and whose right half is light, as FFmpeg's filters make it. */
async function halves(size: FrameSize, seconds: number, format = 'mp4'): Promise<string> {
  const path = join(fixture.folder, `halves-${size.width}x${size.height}.${format}`);
  const colour = (name: string) => `color=c=${name}:s=${size.width / 2}x${size.height}:r=30:d=${seconds}`;
  const both = `${colour('0x101010')}[a];${colour('0xe0e0e0')}[b];[a][b]hstack,format=yuv420p[v]`;
  const output = ['-map', '[v]', '-c:v', 'libx264', '-preset', 'ultrafast', `file:${path}`];
  await ffmpeg.run(['-filter_complex', both, ...output], { signal: fixture.signal });
  return path;
}

const check = (bytes: Uint8Array) => presenterChecker(ffmpeg, fixture.tempDir)(bytes, fixture.signal);

describe('The place of a presenter in the corner', () => {
  const sizes = [
    { width: 854, height: 480 },
    { width: 1920, height: 1080 },
    { width: 480, height: 854 },
    { width: 720, height: 720 },
  ];
  it.each(sizes)('is a square at the right of $width × $height, above the captions of both styles', (size) => {
    for (const captionLook of [BLOCK, WORD_HIGHLIGHT]) {
      const place = presenterPlace('CORNER', { size, captionLook });
      expect(place.width).toBe(place.height);
      for (const number of Object.values(place)) expect(number % 2).toBe(0);
      const { area } = captionMetrics(size, captionLook.style);
      expect(place.y + place.height).toBeLessThan(area.y);
      expect(place.x + place.width).toBeLessThanOrEqual(size.width * 0.95);
      expect(place.x).toBeGreaterThan(size.width / 2);
      expect(place.y).toBeGreaterThan(0);
    }
  });

  it('is lower without captions, but in a tall frame above what apps cover', () => {
    const bottom = (size: FrameSize, captionLook: FilmFormat['captionLook']) => {
      const { y, height } = presenterPlace('CORNER', { size, captionLook });
      return (y + height) / size.height;
    };
    const [wide, tall] = [sizes[0], sizes[2]];
    if (!wide || !tall) return expect.fail();
    expect(bottom(wide, null)).toBeCloseTo(0.94, 2);
    expect(bottom(wide, BLOCK)).toBeLessThan(0.8);
    expect(bottom(tall, null)).toBeCloseTo(0.65, 2);
    expect(bottom(tall, BLOCK)).toBeLessThan(0.6);
  });
});

describe('A presenter from outside', () => {
  it('is encoded again: 25 pictures a second, no sound, even sides, no larger than a film needs', async () => {
    const video = await check(await readFile(await halves({ width: 2_600, height: 1_302 }, 1)));
    expect(video).toMatchObject({
      width: 1_280,
      height: expect.closeTo(641, -1),
      durationSeconds: expect.closeTo(1, 1),
    });
    const path = join(fixture.folder, 'checked.mp4');
    await writeFile(path, video.bytes);
    const { streams } = await ffmpeg.probe(path, fixture.signal);
    expect(streams).toMatchObject([{ codec_name: 'h264', pix_fmt: 'yuv420p', r_frame_rate: 25, color_space: 'bt709' }]);
    expect(video.height % 2).toBe(0);
  });

  it.each([
    ['a text', Buffer.from('no video')],
    ['nothing', Buffer.alloc(0)],
    ['a playlist', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')],
    ['a list of files', Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n")],
  ])('is refused if it is %s', async (_, bytes) => {
    await expect(check(bytes)).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
  });

  it('is refused if it has only a few pixels', async () => {
    await expect(check(await readFile(await halves({ width: 32, height: 32 }, 0.2)))).rejects.toMatchObject({
      code: 'FFMPEG_FAILED',
    });
  });
});

describe('A film', () => {
  const SIZE = { width: 320, height: 180 };
  const FORMAT = formatOf(SIZE, 25, { captionLook: BLOCK });
  const cues = [cueOf({ startSeconds: 0, endSeconds: 0.9, lines: ['words below'] })];

  /** Each scene is longer than its presenter by nothing, or by `missing` seconds. */
  async function filmWith(layout: PresenterLayout, size: FrameSize, missing = 0) {
    const { assembler, folder, filmPath, signal } = fixture;
    const specs = [1, 1.2].map((narrationSeconds, at) => ({ id: `scene-${at}`, narrationSeconds, cues }));
    const scenes = await makeScenes(folder, specs, SIZE);
    const { bytes, width, height } = await check(await readFile(await halves(size, 2.2 - missing)));
    const path = join(folder, 'presenter.mp4');
    await writeFile(path, bytes);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const presented: SceneMedia[] = scenes.map((scene) => ({
      ...scene,
      presenter: { path, hash, layout, width, height },
    }));
    const film = await assembler.assemble({ scenes: presented, format: FORMAT, outputPath: filmPath, signal });
    const expected = { size: SIZE, frameRate: 25, totalFrames: film.totalFrames, music: false } as const;
    expect((await inspectFilm(ffmpeg, filmPath, expected, signal)).problems).toEqual([]);
    const frames = await decodeLuma(filmPath, SIZE.width, SIZE.height);
    expect(frames).toHaveLength(film.totalFrames);
    return {
      frames,
      at: (frame: Uint8Array, x: number, y: number) => frame[Math.round(y) * SIZE.width + Math.round(x)] ?? 0,
    };
  }

  it('shows the presenter in its corner in every frame, with round corners, also between scenes and where the presenter ends early', async () => {
    const { frames, at } = await filmWith('CORNER', { width: 512, height: 512 }, 1);
    const { x, y, width, height } = presenterPlace('CORNER', FORMAT);
    for (const [index, frame] of frames.entries()) {
      expect(at(frame, x + width * 0.25, y + height / 2), `dark half of frame ${index}`).toBeLessThan(50);
      expect(at(frame, x + width * 0.75, y + height / 2), `light half of frame ${index}`).toBeGreaterThan(190);
    }
    const [first] = frames;
    if (!first) return expect.fail();
    expect(at(first, x + width / 2, y), 'the border is white').toBeGreaterThan(150);
    expect(at(first, x + 1, y + 1), 'the corner shows the picture, in a shadow').toBeGreaterThan(20);
    expect(at(first, x - 30, y + height / 2), 'the picture is beside it').toBeGreaterThan(50);
  });

  it('is filled by a presenter of its shape', async () => {
    const { frames, at } = await filmWith('FULL', { width: 640, height: 360 });
    for (const frame of frames) {
      expect(at(frame, 10, 90)).toBeLessThan(50);
      expect(at(frame, 310, 90)).toBeGreaterThan(190);
    }
  });

  it.each([
    ['wide', { width: 512, height: 512 }],
    ['tall', { width: 360, height: 640 }],
  ])('shows the whole of a presenter that is not as %s, on the colours of its edges', async (_, size) => {
    const { frames, at } = await filmWith('FULL', size);
    const [first] = frames;
    if (!first) return expect.fail();
    const shown = (180 * size.width) / size.height;
    expect(at(first, 160 - shown * 0.4, 90), 'its left half').toBeLessThan(50);
    expect(at(first, 160 + shown * 0.4, 90), 'its right half').toBeGreaterThan(190);
    expect(at(first, 5, 20), 'beside it, on the left').toBeLessThan(50);
    expect(at(first, 315, 20), 'beside it, on the right').toBeGreaterThan(190);
  });

  it('has captions over a presenter that fills it', async () => {
    const { frames } = await filmWith('FULL', { width: 640, height: 360 });
    const { area } = captionMetrics(SIZE, 'BLOCK');
    const row = (frame: Uint8Array) =>
      Array.from({ length: SIZE.width }, (_, x) => frame[(area.y + Math.round(area.height / 2)) * SIZE.width + x] ?? 0);
    const spoken = frames[20];
    if (!spoken) return expect.fail();
    expect(Math.min(...row(spoken).slice(200, 240)), 'the plate darkens the light half').toBeLessThan(120);
  });
});
