import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePreview } from '../../src/media/film/preview.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { formatOf, makeScenes } from '../helpers/media/media-fixtures.ts';

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
beforeEach(async () => {
  fixture = await openFilmAssembler();
});
afterEach(() => fixture.close());

it('A preview of a film has a picture a second, no sound, and no more bytes than allowed', async () => {
  const { assembler, ffmpeg, folder, filmPath: path, signal, tempDir } = fixture;
  const size = { width: 854, height: 480 };
  const scenes = await makeScenes(folder, [{ id: 'one', narrationSeconds: 4 }], size);
  await assembler.assemble({ scenes, format: formatOf(size, 25), outputPath: path, signal });
  const preview = await makePreview(ffmpeg, tempDir, { path, mostBytes: 1_000_000, signal });
  const small = join(folder, 'small.mp4');
  await writeFile(small, preview ?? '');
  const { streams } = await ffmpeg.probe(small, signal);
  expect(streams).toMatchObject([{ codec_name: 'h264', width: 640, height: 360, r_frame_rate: 1, nb_frames: 5 }]);
  expect(await makePreview(ffmpeg, tempDir, { path, mostBytes: 1_000, signal })).toBeNull();
});
