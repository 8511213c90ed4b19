import { describe, expect, it } from 'vitest';
import type { PictureRequest } from '../pictures/picture-request.ts';
import { modelInput } from './model-input.ts';

const REQUEST: PictureRequest = { prompt: 'A lighthouse', width: 1_280, height: 720, captionSafeHeight: 0 };
const described = (properties: object, schemas: object = {}) => ({
  components: { schemas: { Input: { type: 'object', properties }, ...schemas } },
});

describe('The input of a model', () => {
  it.each([undefined, null, {}, 'text', { components: {} }])(
    'is the prompt alone where it describes none: %j',
    (input) => {
      expect(modelInput(input, REQUEST)).toEqual({
        prompt: expect.stringContaining('A lighthouse. There is no writing'),
      });
    },
  );

  it('has a size of one megapixel where the model takes sides, and what must not be seen where it takes that', () => {
    const sides = { type: 'integer', default: 1_024 };
    const input = described({
      prompt: {},
      negative_prompt: {},
      width: sides,
      height: sides,
      scheduler: { enum: ['K'] },
    });
    expect(modelInput(input, REQUEST)).toEqual({
      prompt: 'A lighthouse.',
      negative_prompt: expect.stringMatching(/^text, words/),
      width: 1_344,
      height: 768,
    });
  });

  it('keeps to the sides that the model allows', () => {
    const range = { minimum: 256, maximum: 1_280 };
    expect(modelInput(described({ prompt: {}, width: range, height: range }), REQUEST)).toMatchObject({
      width: 1_280,
      height: 768,
    });
    const list = { enum: [256, 512, 1_024] };
    expect(modelInput(described({ prompt: {}, width: list, height: list }), REQUEST)).toMatchObject({
      width: 1_024,
      height: 1_024,
    });
  });

  it('has the nearest shape and the best format of those that are offered', () => {
    const schemas = {
      aspect_ratio: { enum: ['match_input_image', '1:1', '4:3', '3:4'] },
      format: { enum: ['webp', 'png'] },
    };
    const properties = {
      prompt: {},
      aspect_ratio: { $ref: '#/components/schemas/aspect_ratio' },
      output_format: { allOf: [{ $ref: '#/components/schemas/format' }] },
      width: {},
      height: {},
    };
    expect(modelInput(described(properties, schemas), REQUEST)).toMatchObject({
      aspect_ratio: '4:3',
      output_format: 'png',
    });
    expect(modelInput(described(properties, schemas), REQUEST)).not.toHaveProperty('width');
    expect(modelInput(described({ prompt: {}, aspect_ratio: { enum: ['custom'] } }), REQUEST)).not.toHaveProperty(
      'aspect_ratio',
    );
  });
});
