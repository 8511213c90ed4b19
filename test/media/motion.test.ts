import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClipGraph } from '../../src/media/clips/clip-graph.ts';
import type { Motion } from '../../src/media/motion/motion.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { difference, shift } from '../helpers/media/decoded-frames.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { formatOf, makeScenes } from '../helpers/media/media-fixtures.ts';

const SIZE = { width: 640, height: 360 };

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
const ffmpeg = new Ffmpeg();
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

/** The luma of the frames of a moving still, as the encoder gets them but softer. */
async function frames(motion: Motion, start: number, end: number): Promise<Uint8Array[]> {
  const { folder, ffmpeg, signal } = fixture;
  const [scene = expect.fail()] = await makeScenes(folder, [{ id: 'still', narrationSeconds: 0.1 }], SIZE);
  const path = join(folder, `moving-${start}-${end}.gray`);
  const graph = new ClipGraph(formatOf(SIZE, 25));
  const shot = { ...scene, motion, range: { start, end } };
  const label = graph.add({ kind: 'body', frames: end - start, shot, overlays: [], cues: [] });
  const args = graph.arguments();
  const soft = `${args.at(-1)};${label}gblur=2[soft]`;
  const output = ['-map', '[soft]', '-pix_fmt', 'gray', '-f', 'rawvideo', path];
  await ffmpeg.run([...args.slice(0, -1), soft, ...output], { signal });
  const luma = await readFile(path);
  const area = SIZE.width * SIZE.height;
  return Array.from({ length: luma.length / area }, (_, at) => luma.subarray(at * area, (at + 1) * area));
}

describe('Slow motion', () => {
  const directions = {
    right: { x: -1, y: 0 },
    left: { x: 1, y: 0 },
    down: { x: 0, y: -1 },
    up: { x: 0, y: 1 },
  } as const;
  for (const [toward, sign] of Object.entries(directions)) {
    it(`pans ${toward} by the same fraction of a pixel in each frame`, async () => {
      if (toward !== 'right' && toward !== 'left' && toward !== 'up' && toward !== 'down') return expect.fail();
      const seen = await frames({ kind: 'pan', toward, frames: 70, steps: 8 }, 0, 40);
      expect(seen).toHaveLength(40);
      for (const [at, frame] of seen.slice(1).entries()) {
        const moved = shift(seen[at] ?? frame, frame, SIZE.width);
        expect(Math.abs(moved.x - sign.x * 0.25)).toBeLessThan(0.04);
        expect(Math.abs(moved.y - sign.y * 0.25)).toBeLessThan(0.04);
      }
    });
  }

  for (const toward of ['in', 'out'] as const) {
    it(`zooms ${toward} in even steps`, async () => {
      const seen = await frames({ kind: 'zoom', toward, frames: 75, keyEvery: 6 }, 0, 50);
      expect(seen).toHaveLength(50);
      const steps = seen.slice(10).map((frame, at) => difference(seen[at] ?? frame, frame));
      expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.35);
    });
  }

  it('shows the same in frame 37 of every clip that contains it', async () => {
    for (const motion of [
      { kind: 'pan', toward: 'left', frames: 70, steps: 6 },
      { kind: 'zoom', toward: 'out', frames: 70, keyEvery: 6 },
    ] satisfies Motion[]) {
      const whole = await frames(motion, 0, 50);
      const part = await frames(motion, 37, 47);
      expect(part).toHaveLength(10);
      for (const [at, frame] of part.entries()) {
        expect(difference(frame, whole[37 + at] ?? expect.fail())).toBeLessThan(0.02);
      }
    }
  });

  it('differs between scenes', async () => {
    const { motionOf } = await import('../../src/media/motion/motion.ts');
    const { size } = formatOf(SIZE, 25);
    const drawn = Array.from({ length: 200 }, (_, at) => motionOf(`scene-${at}`, 150, size).toward);
    expect(new Set(drawn).size).toBe(6);
  });
});
