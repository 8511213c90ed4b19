import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { geminiLanguageModel } from '../../../src/providers/gemini/language-model.ts';
import { scriptWriter } from '../../../src/providers/writing/script-writer.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { type Asked, USED } from '../../fakes/asked-model.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { geminiContent, geminiText } from '../../fakes/gemini-text.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';
import { DETECTOR, REPLY, SCRIPT, SECRET, TOPIC } from './writing.ts';

const asked: Asked[] = [];
const handler = geminiText((one) => {
  asked.push(one);
  return JSON.stringify(REPLY);
}, TEST_KEY);
const make = (settings: ServiceSettings) =>
  scriptWriter(geminiLanguageModel({ ...settings, baseUrl: `${settings.baseUrl}/v1beta` }, 'TEXT'), DETECTOR);

/** https://ai.google.dev/gemini-api/docs/troubleshooting; details as in https://cloud.google.com/apis/design/errors */
const error = (code: number, status: string, details: readonly object[] = []) => ({
  error: { code, status, message: `Not with ${TEST_KEY}: ${SECRET}`, details },
});

describe('A script by the Gemini API', () => {
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
  });
  afterAll(() => fake.close());

  itKeepsTheContract({
    service: 'GEMINI',
    handler,
    make,
    request: TOPIC,
    secretText: SECRET,
    refusals: [
      {
        what: 'a wrong key',
        reply: {
          status: 400,
          body: error(400, 'INVALID_ARGUMENT', [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'API_KEY_INVALID',
              domain: 'googleapis.com',
            },
          ]),
        },
        code: 'GEMINI_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'a key without permission',
        reply: { status: 403, body: error(403, 'PERMISSION_DENIED') },
        code: 'GEMINI_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'a country without the free tier',
        reply: { status: 400, body: error(400, 'FAILED_PRECONDITION') },
        code: 'GEMINI_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'a limit of requests',
        reply: {
          status: 429,
          body: error(429, 'RESOURCE_EXHAUSTED', [
            { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074824224s' },
          ]),
        },
        code: 'GEMINI_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 35,
      },
      {
        what: 'a request that is not understood',
        reply: { status: 400, body: error(400, 'INVALID_ARGUMENT') },
        code: 'GEMINI_API_ERROR',
        retriable: false,
      },
      {
        what: 'an overloaded server',
        reply: { status: 503, body: error(503, 'UNAVAILABLE') },
        code: 'GEMINI_API_ERROR',
        retriable: true,
      },
      {
        what: 'a prompt against its rules',
        reply: {
          body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 1_200 } },
        },
        code: 'GEMINI_CONTENT_REJECTED',
        retriable: false,
      },
      {
        what: 'a reply that a filter has ended',
        reply: { body: geminiContent('{', 'gemini-3.5-flash-lite', 'SAFETY') },
        code: 'GEMINI_CONTENT_REJECTED',
        retriable: false,
      },
    ],
  });

  it('is asked for with a schema, and counted with the tokens of its thoughts', async () => {
    const answer = await make(settingsOf('GEMINI', fake.url)).call(TOPIC, contextOf());
    expect(answer).toEqual({ content: SCRIPT, model: 'gemini-3.5-flash-lite', usage: USED });
    expect(asked.at(-1)).toMatchObject({ model: 'gemini-3.5-flash-lite', hasSchema: true });
  });

  it('that is not valid is repaired in the same conversation', async () => {
    const replies = ['Cats!', JSON.stringify(REPLY)];
    const write = (one: Asked) => {
      asked.push(one);
      return replies.shift() ?? '';
    };
    fake.handleWith(geminiText(write, TEST_KEY));
    const answer = await make(settingsOf('GEMINI', fake.url)).call(TOPIC, contextOf());
    expect(answer.content).toEqual(SCRIPT);
    expect(answer.usage).toEqual({ inputTokens: 2 * USED.inputTokens, outputTokens: 2 * USED.outputTokens });
    expect(asked.at(-1)?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });
});
