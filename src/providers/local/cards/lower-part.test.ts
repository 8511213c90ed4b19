import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { ImageRequest } from '../../ports.ts';
import { designCard } from './card-design.ts';
import { paintLowerPart } from './lower-part.ts';
import { Random } from './random.ts';

const [WIDTH, HEIGHT] = [90, 160];

/** The lower part of a scene alone, with the same colours and random numbers for all scenes. */
function painted(index: number, captions = 0.449): Buffer {
  const size = { width: WIDTH, height: HEIGHT, captionSafeHeight: Math.round(HEIGHT * captions) };
  const scene = {
    prompt: '',
    narration: 'A bridge.',
    title: 'Bridges',
    language: 'en',
    index: 1,
    count: 20,
    seed: 'a',
  };
  const request: ImageRequest = { ...size, ...scene };
  const { composition, scheme } = designCard(request);
  const ctx = createCanvas(WIDTH, HEIGHT).getContext('2d');
  const unit = Math.min(WIDTH, HEIGHT);
  const context = { ...composition, ctx, width: WIDTH, height: HEIGHT, unit, scheme, random: new Random('same') };
  paintLowerPart(context, { filmSeed: 'a', turn: index });
  return Buffer.from(ctx.getImageData(0, 0, WIDTH, HEIGHT).data);
}

describe('The lower part of a tall frame', () => {
  const scenes = Array.from({ length: 12 }, (_, index) => painted(index));

  it('is another one in each scene than in the scene before', () => {
    for (const [index, scene] of scenes.entries())
      if (index > 0) expect(Buffer.compare(scene, scenes[index - 1] ?? Buffer.alloc(0))).not.toBe(0);
  });

  it('does not come in the same order in four scenes and the next four', () => {
    const kinds = scenes.map((scene) => scenes.findIndex((one) => Buffer.compare(one, scene) === 0));
    expect(new Set(kinds).size).toBe(4);
    expect(kinds.slice(4, 8)).not.toEqual(kinds.slice(0, 4));
    expect(kinds.slice(8, 12)).not.toEqual(kinds.slice(4, 8));
  });

  it('leaves the part above captions free', () => {
    for (const scene of scenes)
      expect(scene.subarray(0, 4 * WIDTH * Math.floor(HEIGHT * 0.65)).some(Boolean)).toBe(false);
  });

  it('is left out where there is no room for it', () => {
    expect(painted(0, 0).some(Boolean)).toBe(false);
  });
});
