import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clip, seamClip } from '../../src/media/clips/clip.ts';
import { ClipGraph } from '../../src/media/clips/clip-graph.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { formatOf, makeScenes } from '../helpers/media/media-fixtures.ts';

const SIZE = { width: 320, height: 180 };

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
const ffmpeg = new Ffmpeg();
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

/** The input frames of the encoder, luma and chroma of all frames concatenated. */
async function framesOf(clip: Clip, frameRate: 25 | 30): Promise<Uint8Array> {
  const { ffmpeg, folder, signal } = fixture;
  const graph = new ClipGraph(formatOf(SIZE, frameRate));
  const label = graph.add(clip);
  const path = join(folder, 'frames.yuv');
  await ffmpeg.run([...graph.arguments(), '-map', label, '-f', 'rawvideo', path], { signal });
  return readFile(path);
}

describe('A cross-fade', () => {
  for (const frameRate of [25, 30] as const) {
    it(`mixes both moving pictures in even steps, brightness and colours alike, at ${frameRate} frames a second`, async () => {
      const specs = ['one', 'two'].map((id) => ({ id, narrationSeconds: 1 }));
      const [one = expect.fail(), two = expect.fail()] = await makeScenes(fixture.folder, specs, SIZE);
      const seam = seamClip(one, two, formatOf(SIZE, frameRate));
      if (seam.kind !== 'seam') return expect.fail();
      const { frames, from, to } = seam;
      const mixed = await framesOf(seam, frameRate);
      const [before, after] = [
        await framesOf({ kind: 'body', frames, shot: from, overlays: [], cues: [] }, frameRate),
        await framesOf({ kind: 'body', frames, shot: to, overlays: [], cues: [] }, frameRate),
      ];
      const frameBytes = (SIZE.width * SIZE.height * 3) / 2;
      expect([mixed.length, before.length, after.length]).toEqual(Array.from([1, 1, 1], () => frames * frameBytes));
      let furthest = 0;
      for (let at = 0; at < mixed.length; at += 1) {
        const share = Math.floor(at / frameBytes) / frames;
        const meant = (1 - share) * (before[at] ?? 0) + share * (after[at] ?? 0);
        furthest = Math.max(furthest, Math.abs((mixed[at] ?? 0) - meant));
      }
      expect(furthest).toBeLessThanOrEqual(1.5);
    });
  }
});
