import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redrawn } from '../../../src/drawing/foreign-picture.ts';
import { openaiImages } from '../../../src/providers/openai/openai-images.ts';
import type { PictureRequest } from '../../../src/providers/pictures/picture-request.ts';
import { PriceTable } from '../../../src/providers/prices/price-table.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { openaiImages as handler } from '../../fakes/openai-images.ts';
import { pictureOf } from '../../fakes/pictures.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';

const REQUEST: PictureRequest = {
  prompt: 'The sunken bell of Vineta',
  visualStyle: 'copper engraving',
  width: 1_280,
  height: 720,
  captionSafeHeight: 100,
};
const make = (settings: Parameters<typeof openaiImages>[0]) => openaiImages(settings, redrawn);

let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(handler);
});
afterAll(() => fake.close());

const provider = (env: Readonly<Record<string, string>> = {}) => make(settingsOf('OPENAI', `${fake.url}/v1`, env));

describe('Pictures by OpenAI', () => {
  itKeepsTheContract({
    service: 'OPENAI',
    basePath: '/v1',
    handler,
    make,
    request: REQUEST,
    secretText: 'Vineta',
    refusals: [
      {
        what: 'a wrong key',
        reply: {
          status: 401,
          body: {
            error: {
              message: `Incorrect API key provided: ${TEST_KEY}`,
              type: 'invalid_request_error',
              code: 'invalid_api_key',
            },
          },
        },
        code: 'OPENAI_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'an organization that is not verified',
        reply: {
          status: 403,
          body: { error: { message: 'must be verified', type: 'invalid_request_error', code: null } },
        },
        code: 'OPENAI_INVALID_API_KEY',
      },
      {
        what: 'too many requests',
        reply: {
          status: 429,
          headers: { 'retry-after': '12' },
          body: { error: { message: 'Rate limit reached', type: 'input-images', code: 'rate_limit_exceeded' } },
        },
        code: 'OPENAI_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 12,
      },
      {
        what: 'an account without credit',
        reply: {
          status: 429,
          body: { error: { message: 'exceeded', type: 'insufficient_quota', code: 'insufficient_quota' } },
        },
        code: 'OPENAI_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'a limit of costs that is reached',
        reply: {
          status: 400,
          body: { error: { message: 'reached', type: 'invalid_request_error', code: 'billing_hard_limit_reached' } },
        },
        code: 'OPENAI_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'a prompt or a picture against the rules',
        reply: {
          status: 400,
          body: {
            error: {
              message: 'Your request was rejected by the safety system: Vineta',
              type: 'image_generation_user_error',
              param: null,
              code: 'moderation_blocked',
            },
          },
        },
        code: 'OPENAI_CONTENT_REJECTED',
        retriable: false,
      },
      {
        what: 'a size that the model does not have',
        reply: {
          status: 400,
          body: { error: { message: 'bad', type: 'image_generation_user_error', code: 'invalid_value' } },
        },
        code: 'OPENAI_API_ERROR',
        retriable: false,
      },
      {
        what: 'a fault of the service',
        reply: { status: 500, body: { error: { message: 'oops', type: 'server_error', code: null } } },
        code: 'OPENAI_API_ERROR',
        retriable: true,
      },
    ],
  });

  it('are asked for in the size of the film, at a quality with a known price', async () => {
    await provider().call(REQUEST, contextOf());
    expect(fake.requests.at(-1)).toMatchObject({ headers: { authorization: `Bearer ${TEST_KEY}` } });
    expect(fake.requests.at(-1)?.json()).toEqual({
      model: 'gpt-image-2.5-flare',
      prompt: expect.stringMatching(/^The sunken bell of Vineta\. Style: copper engraving\. .* no words, letters/),
      n: 1,
      size: '1280x720',
      quality: 'medium',
      output_format: 'jpeg',
    });
  });

  it.each([
    ['gpt-image-2', 1_920, 1_080, '1920x1088'],
    ['gpt-image-2', 3_840, 2_160, '2560x1440'],
    ['gpt-image-2', 480, 854, '608x1088'],
    ['gpt-image-2', 4_000, 100, '1392x480'],
    ['gpt-image-1-mini', 1_920, 1_080, '1536x1024'],
    ['gpt-image-1.5', 720, 1_280, '1024x1536'],
    ['gpt-image-1', 1_080, 1_080, '1024x1024'],
  ])('of %s for %i × %i are %s', async (model, width, height, size) => {
    const sized = { ...REQUEST, width, height };
    await provider({ OPENAI_IMAGE_MODEL: model }).call(sized, contextOf());
    expect(fake.requests.at(-1)?.json()).toMatchObject({ model, size });
  });

  it('are checked, and billed by the tokens that OpenAI counted', async () => {
    expect(await provider().call(REQUEST, contextOf())).toEqual({
      content: { bytes: expect.any(Uint8Array), contentType: 'image/jpeg', width: 256, height: 144 },
      model: 'gpt-image-2.5-flare',
      usage: { inputTokens: 42, outputTokens: 1_078 },
    });
  });

  it.each([
    [1_280, 720],
    [1_920, 1_080],
    [480, 854],
  ])('cost at most what is reserved for them: %i × %i', (width, height) => {
    // What OpenAI's calculator gives for a square picture of GPT Image 2 with as many pixels.
    const pixels = Math.max(655_360, width * height);
    const most = provider().mostUsage({ ...REQUEST, width, height });
    expect(most.outputTokens).toBeGreaterThanOrEqual((2_304 * (2_000_000 + pixels)) / 4_000_000);
    expect(most.outputTokens).toBeLessThan(4_000);
    expect(most.inputTokens).toBeGreaterThan(42);
  });

  it('are reserved in full where OpenAI counts nothing', async () => {
    fake.replyWith({ body: { created: 1, data: [{ b64_json: (await pictureOf('webp')).toString('base64') }] } });
    expect((await provider().call(REQUEST, contextOf())).usage).toEqual(provider().mostUsage(REQUEST));
  });

  it.each([
    ['no picture', []],
    ['something else', [{ b64_json: Buffer.from('<html>').toString('base64') }]],
  ])('are billed although the reply holds %s', async (_, data) => {
    fake.replyWith({
      body: { created: 1, data, usage: { input_tokens: 42, output_tokens: 1_078, total_tokens: 1_120 } },
    });
    const error: unknown = await provider()
      .call(REQUEST, contextOf())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'OPENAI_API_ERROR',
      retriable: false,
      cause: { model: 'gpt-image-2.5-flare', usage: { inputTokens: 42, outputTokens: 1_078 } },
    });
    expect(error instanceof Error && error.cause instanceof UnusableAnswer).toBe(true);
  });

  it('have a price', () => {
    const prices = PriceTable.read('data/prices.json');
    for (const model of provider().models) expect(prices.knows('openai', model)).toBe(true);
    // Some cents: ten-thousandths of a dollar.
    const most = prices.costOf('openai', 'gpt-image-2.5-flare', provider().mostUsage(REQUEST));
    expect(most).toBeGreaterThan(300);
    expect(most).toBeLessThan(1_000);
  });
});
