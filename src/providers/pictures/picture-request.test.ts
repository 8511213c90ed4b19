import { describe, expect, it } from 'vitest';
import type { ImageRequest } from '../ports.ts';
import { mostTokens, nearestAspect, type PictureRequest, picturePrompt } from './picture-request.ts';

const REQUEST: PictureRequest = {
  prompt: 'A lighthouse above\n  a stormy sea',
  width: 1_280,
  height: 720,
  captionSafeHeight: 144,
};
const PLAIN = { longest: 4_000, hasNegative: false };
const TWO_FIELDS = { longest: 4_000, hasNegative: true };

describe('The prompt of a picture', () => {
  it('says what to show, that no words belong into it, and where captions will lie', () => {
    expect(picturePrompt(REQUEST, PLAIN)).toEqual({
      prompt:
        'A lighthouse above a stormy sea. Nothing important is in the lowest 20 % of the picture, which is calm and even ground. ' +
        'There is no writing in it: no words, letters, numbers, captions, signatures, logos or watermarks.',
      negative: '',
    });
  });

  it('leaves unwanted things to the field for them where there is one', () => {
    const { prompt, negative } = picturePrompt({ ...REQUEST, captionSafeHeight: 0, negative: 'people' }, TWO_FIELDS);
    expect(prompt).toBe('A lighthouse above a stormy sea.');
    expect(negative).toBe('text, words, letters, numbers, captions, subtitles, signature, logo, watermark, people');
    expect(picturePrompt({ ...REQUEST, negative: 'people' }, PLAIN).prompt).toMatch(/It does not show: people\.$/);
  });

  it('names the style once', () => {
    const styled = { ...REQUEST, captionSafeHeight: 0, visualStyle: 'warm watercolour' };
    expect(picturePrompt(styled, TWO_FIELDS).prompt).toBe('A lighthouse above a stormy sea. Style: warm watercolour.');
    const named = { ...styled, prompt: 'A lighthouse, warm watercolour' };
    expect(picturePrompt(named, TWO_FIELDS).prompt).toBe('A lighthouse, warm watercolour.');
  });

  it.each(['sea '.repeat(3_000), '海'.repeat(3_000), '🌊'.repeat(3_000)])(
    'is never longer than the service allows, and keeps its rules: %.5s…',
    (prompt) => {
      const long = { ...REQUEST, prompt, visualStyle: prompt, negative: prompt };
      for (const hasNegative of [true, false]) {
        const made = picturePrompt(long, { longest: 1_000, hasNegative });
        expect(made.prompt.length).toBeLessThanOrEqual(1_000);
        expect(made.negative.length).toBeLessThanOrEqual(1_000);
        expect(made.prompt).toContain('calm and even ground');
        expect(made.prompt.isWellFormed() && made.negative.isWellFormed()).toBe(true);
      }
    },
  );

  it('is made of the request of a scene', () => {
    const scene: ImageRequest = {
      ...REQUEST,
      narration: 'It stands alone.',
      title: 'Lights',
      language: 'en',
      index: 0,
      count: 1,
      seed: 'a',
    };
    expect(picturePrompt(scene, PLAIN).prompt).not.toContain('alone');
  });

  it('has at most half as many tokens as bytes', () => {
    expect(mostTokens({ prompt: 'A lighthouse above a stormy sea', negative: '' })).toBe(16);
    expect(mostTokens({ prompt: '暴風雨的海上', negative: '' })).toBe(10);
  });
});

describe('The shape of a picture', () => {
  const offered = ['1:1', '16:9', '9:16', '3:2', '2:3', '21:9'] as const;

  it.each([
    [1_280, 720, '16:9'],
    [1_920, 1_080, '16:9'],
    [720, 1_280, '9:16'],
    [1_080, 1_080, '1:1'],
    [1_080, 1_350, '2:3'],
    [854, 480, '16:9'],
    [2_560, 1_080, '21:9'],
    [800, 600, '3:2'],
  ])('for %i × %i is the nearest that the service offers: %s', (width, height, aspect) => {
    expect(nearestAspect({ width, height }, offered)).toBe(aspect);
  });
});
