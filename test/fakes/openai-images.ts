import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';
import { pictureOf } from './pictures.ts';

const LEGACY_SIZES = ['1024x1024', '1536x1024', '1024x1536'];

/** https://platform.openai.com/docs/api-reference/images/create, for the GPT Image models. */
const request = z.strictObject({
  model: z.string().regex(/^(gpt-image-|chatgpt-image-)/),
  prompt: z.string().min(1).max(32_000),
  n: z.literal(1),
  size: z.string().regex(/^\d{3,4}x\d{3,4}$/),
  quality: z.enum(['low', 'medium', 'high', 'auto']),
  output_format: z.enum(['png', 'jpeg', 'webp']),
});

/** The Images API of OpenAI, with a base URL that ends in /v1. */
export const openaiImages: FakeHandler = async ({ method, path, headers, json }) => {
  if (method !== 'POST' || path !== '/v1/images/generations') throw new Error(`no endpoint: ${method} ${path}`);
  if (!headers['authorization']?.startsWith('Bearer ')) throw new Error('no key');
  const { model, size } = request.parse(json());
  checkSize(model, size);
  return {
    body: {
      created: 1_796_000_000,
      background: 'opaque',
      data: [{ b64_json: (await pictureOf('jpeg')).toString('base64') }],
      output_format: 'jpeg',
      quality: 'medium',
      size,
      usage: {
        input_tokens: 42,
        input_tokens_details: { image_tokens: 0, text_tokens: 42 },
        output_tokens: 1_078,
        total_tokens: 1_120,
      },
    },
  };
};

/** The limits of GPT Image 2 and later are in the description of `size`. */
function checkSize(model: string, size: string): void {
  if (!/^gpt-image-[2-9]/.test(model)) {
    if (!LEGACY_SIZES.includes(size)) throw new Error(`${model} has no size ${size}`);
    return;
  }
  const [width = 0, height = 0] = size.split('x').map(Number);
  const isAllowed =
    width % 16 === 0 &&
    height % 16 === 0 &&
    Math.max(width / height, height / width) <= 3 &&
    Math.max(width, height) <= 3_840 &&
    width * height >= 655_360 &&
    width * height <= 8_294_400;
  if (!isAllowed) throw new Error(`${model} has no size ${size}`);
}
