import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redrawn } from '../../../src/drawing/foreign-picture.ts';
import type { PictureRequest } from '../../../src/providers/pictures/picture-request.ts';
import { PriceTable } from '../../../src/providers/prices/price-table.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { stabilityImages } from '../../../src/providers/stability/stability-images.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { pictureOf } from '../../fakes/pictures.ts';
import { fieldsOf, stability } from '../../fakes/stability.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';

const REQUEST: PictureRequest = {
  prompt: 'The sunken bell of Vineta',
  visualStyle: 'copper engraving',
  width: 1_280,
  height: 720,
  captionSafeHeight: 100,
};
const make = (settings: Parameters<typeof stabilityImages>[0]) => stabilityImages(settings, redrawn);

let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(stability);
});
afterAll(() => fake.close());

const provider = (env: Readonly<Record<string, string>> = {}) => make(settingsOf('STABILITY', fake.url, env));
const refusal = (status: number, name: string) => ({
  status,
  body: { id: '2a1b7a8d', name, errors: [`About ${TEST_KEY} and Vineta.`] },
});
const lastForm = () => {
  const { body, headers } = fake.requests.at(-1) ?? expect.fail('nothing was sent');
  return fieldsOf(body, headers['content-type']);
};

describe('Pictures by Stability AI', () => {
  itKeepsTheContract({
    service: 'STABILITY',
    handler: stability,
    make,
    request: REQUEST,
    secretText: 'Vineta',
    refusals: [
      { what: 'a wrong key', reply: refusal(401, 'unauthorized'), code: 'STABILITY_INVALID_API_KEY', retriable: false },
      { what: 'an account without credit', reply: refusal(402, 'payment_required'), code: 'STABILITY_QUOTA_EXCEEDED' },
      {
        what: 'a prompt against the rules',
        reply: refusal(403, 'content_moderation'),
        code: 'STABILITY_CONTENT_REJECTED',
        retriable: false,
      },
      { what: 'a wrong field', reply: refusal(400, 'bad_request'), code: 'STABILITY_API_ERROR', retriable: false },
      {
        what: 'a prompt in German',
        reply: refusal(422, 'invalid_language'),
        code: 'STABILITY_API_ERROR',
        retriable: false,
      },
      {
        what: 'more than 150 requests in 10 s',
        reply: { ...refusal(429, 'rate_limit_exceeded'), headers: { 'retry-after': '60' } },
        code: 'STABILITY_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 60,
      },
      { what: 'a fault', reply: refusal(500, 'internal_error'), code: 'STABILITY_API_ERROR', retriable: true },
      {
        what: 'a picture that is blurred by its rules',
        reply: { headers: { 'content-type': 'image/jpeg', 'finish-reason': 'CONTENT_FILTERED' }, body: 'blurred' },
        code: 'STABILITY_CONTENT_REJECTED',
        retriable: false,
      },
    ],
  });

  it('are asked for by a form, with what must not be in them', async () => {
    await provider().call(REQUEST, contextOf());
    expect(fake.requests.at(-1)).toMatchObject({
      path: '/v2beta/stable-image/generate/core',
      headers: { authorization: `Bearer ${TEST_KEY}`, accept: 'image/*' },
    });
    expect(await lastForm()).toEqual({
      prompt: expect.stringMatching(/^The sunken bell of Vineta\. Style: copper engraving\. Nothing important/),
      negative_prompt: expect.stringMatching(/^text, words, letters/),
      aspect_ratio: '16:9',
      output_format: 'jpeg',
    });
  });

  it.each([
    ['stable-image-ultra', 'ultra', undefined, true],
    ['sd3.5-large', 'sd3', 'sd3.5-large', true],
    ['sd3.5-large-turbo', 'sd3', 'sd3.5-large-turbo', false],
    ['sd3.5-flash', 'sd3', 'sd3.5-flash', false],
  ])('of %s come from the endpoint %s', async (model, endpoint, field, hasNegative) => {
    await provider({ STABILITY_IMAGE_MODEL: model }).call({ ...REQUEST, width: 720, height: 1_280 }, contextOf());
    expect(fake.requests.at(-1)?.path).toBe(`/v2beta/stable-image/generate/${endpoint}`);
    const form = await lastForm();
    expect(form).toMatchObject({ aspect_ratio: '9:16', ...(field === undefined ? {} : { model: field }) });
    expect('negative_prompt' in form).toBe(hasNegative);
    // Where no field takes it, the prompt says it.
    expect(String(form['prompt']).includes('no words, letters')).toBe(!hasNegative);
  });

  it('are checked by their content, and billed one by one', async () => {
    fake.replyWith({ headers: { 'content-type': 'text/plain' }, body: await pictureOf('webp') });
    expect(await provider().call(REQUEST, contextOf())).toEqual({
      content: { bytes: expect.any(Uint8Array), contentType: 'image/jpeg', width: 256, height: 144 },
      model: 'stable-image-core',
      usage: { images: 1 },
    });
    expect(provider().mostUsage(REQUEST)).toEqual({ images: 1 });
  });

  it.each([
    ['blurred', { 'finish-reason': 'CONTENT_FILTERED' }, 'blurred', 'STABILITY_CONTENT_REJECTED'],
    ['a page', { 'content-type': 'image/jpeg' }, '<html>', 'STABILITY_API_ERROR'],
  ])('are billed although the reply is %s', async (_, headers, body, code) => {
    fake.replyWith({ headers, body });
    const error: unknown = await provider()
      .call(REQUEST, contextOf())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, cause: { model: 'stable-image-core', usage: { images: 1 } } });
    expect(error instanceof Error && error.cause instanceof UnusableAnswer).toBe(true);
  });

  it.each([
    ['A bell below the sea', undefined],
    ['Eine Glocke unter dem Meer (鐘)', undefined],
    ['海底的鐘', 'UNSUPPORTED_LANGUAGE'],
    ['Колокол на дне моря', 'UNSUPPORTED_LANGUAGE'],
    ['42', undefined],
  ])('are only drawn from prompts that may be English: %s', (prompt, code) => {
    expect(provider().unsuitable({ ...REQUEST, prompt })?.code).toBe(code);
  });

  it('have a price', () => {
    const prices = PriceTable.read('data/prices.json');
    expect(prices.costOf('stability', 'stable-image-core', { images: 1 })).toBe(300);
    expect(prices.costOf('stability', 'stable-image-ultra', { images: 1 })).toBe(800);
  });
});
