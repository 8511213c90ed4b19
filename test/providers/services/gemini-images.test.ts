import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redrawn } from '../../../src/drawing/foreign-picture.ts';
import { geminiImages } from '../../../src/providers/gemini/gemini-images.ts';
import type { PictureRequest } from '../../../src/providers/pictures/picture-request.ts';
import { PriceTable } from '../../../src/providers/prices/price-table.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { geminiImages as handler } from '../../fakes/gemini-images.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';

const REQUEST: PictureRequest = {
  prompt: 'The sunken bell of Vineta',
  visualStyle: 'copper engraving',
  width: 1_280,
  height: 720,
  captionSafeHeight: 100,
};
const make = (settings: Parameters<typeof geminiImages>[0]) => geminiImages(settings, redrawn);

let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(handler);
});
afterAll(() => fake.close());

const provider = (env: Readonly<Record<string, string>> = {}) => make(settingsOf('GEMINI', `${fake.url}/v1beta`, env));
/** An error body of Google's APIs (https://cloud.google.com/apis/design/errors). */
const refusal = (status: number, name: string, details: readonly object[] = []) => ({
  status,
  body: { error: { code: status, message: `About ${TEST_KEY} and Vineta.`, status: name, details } },
});
const usageMetadata = { promptTokenCount: 61, thoughtsTokenCount: 35, totalTokenCount: 96 };

describe('Pictures by Google Gemini', () => {
  itKeepsTheContract({
    service: 'GEMINI',
    basePath: '/v1beta',
    handler,
    make,
    request: REQUEST,
    secretText: 'Vineta',
    refusals: [
      {
        what: 'a wrong key',
        reply: refusal(400, 'INVALID_ARGUMENT', [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
        ]),
        code: 'GEMINI_INVALID_API_KEY',
        retriable: false,
      },
      { what: 'a key that may not', reply: refusal(403, 'PERMISSION_DENIED'), code: 'GEMINI_INVALID_API_KEY' },
      {
        what: 'too many requests',
        reply: refusal(429, 'RESOURCE_EXHAUSTED', [
          { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'RequestsPerMinute' }] },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.07s' },
        ]),
        code: 'GEMINI_RATE_LIMITED',
        retriable: true,
      },
      { what: 'an unknown model', reply: refusal(404, 'NOT_FOUND'), code: 'GEMINI_API_ERROR', retriable: false },
      { what: 'an overloaded model', reply: refusal(503, 'UNAVAILABLE'), code: 'GEMINI_API_ERROR', retriable: true },
      {
        what: 'a blocked prompt',
        reply: { body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata } },
        code: 'GEMINI_CONTENT_REJECTED',
        retriable: false,
      },
      ...['IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'PROHIBITED_CONTENT', 'SAFETY', 'IMAGE_RECITATION'].map(
        (finishReason) => ({
          what: `a picture that is filtered out (${finishReason})`,
          reply: { body: { candidates: [{ finishReason, index: 0 }], usageMetadata } },
          code: 'GEMINI_CONTENT_REJECTED' as const,
          retriable: false,
        }),
      ),
      {
        what: 'a model that declines in words',
        reply: {
          body: {
            candidates: [
              {
                content: { role: 'model', parts: [{ text: 'I cannot draw Vineta.' }] },
                finishReason: 'STOP',
                index: 0,
              },
            ],
            usageMetadata,
          },
        },
        code: 'GEMINI_CONTENT_REJECTED',
      },
      {
        what: 'a reply without a picture for another reason',
        reply: { body: { candidates: [{ finishReason: 'NO_IMAGE', index: 0 }], usageMetadata } },
        code: 'GEMINI_API_ERROR',
        retriable: false,
      },
    ],
  });

  it('are asked for in the shape of the film', async () => {
    await provider().call(REQUEST, contextOf());
    expect(fake.requests.at(-1)).toMatchObject({
      path: '/v1beta/models/gemini-nano-banana-2.1:generateContent',
      headers: { 'x-goog-api-key': TEST_KEY },
    });
    expect(fake.requests.at(-1)?.json()).toEqual({
      contents: [
        {
          role: 'user',
          parts: [
            { text: expect.stringMatching(/^The sunken bell of Vineta\. Style: copper engraving\. .* no words/) },
          ],
        },
      ],
      generationConfig: {
        responseModalities: ['IMAGE'],
        imageConfig: { aspectRatio: '16:9' },
        thinkingConfig: { thinkingLevel: 'minimal' },
      },
    });
  });

  it.each([
    ['gemini-nano-banana-2.1', 1_920, 1_080, { aspectRatio: '16:9', imageSize: '2K' }],
    ['gemini-nano-banana-2.1', 720, 1_280, { aspectRatio: '9:16' }],
    ['gemini-2.5-flash-image', 1_920, 1_080, { aspectRatio: '16:9' }],
    ['gemini-3-pro-image', 1_080, 1_080, { aspectRatio: '1:1' }],
  ])('of %s for %i × %i have the size %o', async (model, width, height, imageConfig) => {
    await provider({ GEMINI_IMAGE_MODEL: model }).call({ ...REQUEST, width, height }, contextOf());
    expect(fake.requests.at(-1)?.json()).toMatchObject({ generationConfig: { imageConfig } });
  });

  it('are checked, and billed by the tokens that Google counted, thoughts included', async () => {
    expect(await provider().call(REQUEST, contextOf())).toEqual({
      content: { bytes: expect.any(Uint8Array), contentType: 'image/jpeg', width: 256, height: 144 },
      model: 'gemini-nano-banana-2.1',
      usage: { inputTokens: 61, outputTokens: 1_140 },
    });
    const most = provider().mostUsage(REQUEST);
    expect(most.inputTokens).toBeGreaterThan(61);
    expect(most.outputTokens).toBeGreaterThan(1_140);
    expect(provider().mostUsage({ ...REQUEST, width: 1_920, height: 1_080 }).outputTokens).toBeGreaterThan(1_680);
  });

  it('that are filtered out are billed by what Google counted', async () => {
    fake.replyWith({ body: { candidates: [{ finishReason: 'IMAGE_SAFETY', index: 0 }], usageMetadata } });
    const error: unknown = await provider()
      .call(REQUEST, contextOf())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: 'Google Gemini refused the content by its rules (IMAGE_SAFETY): change the text.',
      cause: { model: 'gemini-nano-banana-2.1', usage: { inputTokens: 61, outputTokens: 35 } },
    });
    expect(error instanceof Error && error.cause instanceof UnusableAnswer).toBe(true);
  });

  it('have a price', () => {
    const prices = PriceTable.read('data/prices.json');
    for (const model of provider().models) expect(prices.knows('gemini', model)).toBe(true);
    // Some cents: ten-thousandths of a dollar.
    const most = prices.costOf('gemini', 'gemini-nano-banana-2.1', provider().mostUsage(REQUEST));
    expect(most).toBeGreaterThan(300);
    expect(most).toBeLessThan(1_000);
  });
});
