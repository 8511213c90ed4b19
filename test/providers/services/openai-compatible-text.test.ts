import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openaiCompatibleLanguageModel } from '../../../src/providers/openai-compatible/language-model.ts';
import { scriptWriter } from '../../../src/providers/writing/script-writer.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { type Asked, chatCompletion, USED } from '../../fakes/asked-model.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { openaiCompatibleText } from '../../fakes/openai-compatible-text.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';
import { DETECTOR, REPLY, SCRIPT, SECRET, TOPIC } from './writing.ts';

const MODEL = { OPENAI_COMPATIBLE_TEXT_MODEL: 'qwen3:8b' };
const asked: Asked[] = [];
const write = (one: Asked) => {
  asked.push(one);
  return JSON.stringify(REPLY);
};
const handler = openaiCompatibleText(write, { key: TEST_KEY });
const make = (settings: ServiceSettings) =>
  scriptWriter(openaiCompatibleLanguageModel({ ...settings, baseUrl: `${settings.baseUrl}/v1` }, 'TEXT'), DETECTOR);
const error = (code: string | null) => ({
  error: { message: SECRET, type: 'invalid_request_error', param: null, code },
});

describe('A script by a server with the Chat Completions API', () => {
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
  });
  afterAll(() => fake.close());
  const withoutKey = (env: Readonly<Record<string, string>> = MODEL) => {
    fake.handleWith(openaiCompatibleText(write));
    return settingsOf('OPENAI_COMPATIBLE', fake.url, { ...env, OPENAI_COMPATIBLE_API_KEY: '' });
  };

  itKeepsTheContract({
    service: 'OPENAI_COMPATIBLE',
    handler,
    env: MODEL,
    make,
    request: TOPIC,
    secretText: SECRET,
    refusals: [
      {
        what: 'a wrong key',
        reply: { status: 401, body: { error: SECRET } },
        code: 'OPENAI_COMPATIBLE_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'a model that is not there',
        reply: { status: 404, body: error('model_not_found') },
        code: 'OPENAI_COMPATIBLE_API_ERROR',
        retriable: false,
      },
      {
        what: 'an account without credit',
        reply: { status: 402, body: error(null) },
        code: 'OPENAI_COMPATIBLE_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'a limit of requests',
        reply: { status: 429, headers: { 'retry-after': '5' }, body: error(null) },
        code: 'OPENAI_COMPATIBLE_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 5,
      },
      {
        what: 'a model that does not fit in the memory',
        reply: { status: 500, body: { error: { message: SECRET, type: 'api_error', param: null, code: null } } },
        code: 'OPENAI_COMPATIBLE_API_ERROR',
        retriable: true,
      },
      {
        what: 'a reply that a filter has ended',
        reply: { body: chatCompletion('{', 'qwen3:8b', 'content_filter') },
        code: 'OPENAI_COMPATIBLE_CONTENT_REJECTED',
        retriable: false,
      },
    ],
  });

  it('needs no key, and costs nothing without one', async () => {
    const writer = make(withoutKey());
    expect(writer.paid).toBe(false);
    const answer = await writer.call(TOPIC, contextOf());
    expect(answer).toEqual({ content: SCRIPT, model: 'qwen3:8b', usage: USED });
    expect(asked.at(-1)).toMatchObject({ hasSchema: true });
    expect(asked.at(-1)?.instructions).toContain('"visualPrompt":{"type":"string"}');
  });

  it('may cost something where the server asks for a key', () => {
    expect(make(settingsOf('OPENAI_COMPATIBLE', fake.url, MODEL)).paid).toBe(true);
  });

  it('is asked for in words where the server refuses a schema, which is found out once', async () => {
    const writer = make(withoutKey());
    fake.handleWith(
      openaiCompatibleText(
        (one) => {
          asked.push(one);
          return `<think>The {user} wants a video.</think>\nHere it is:\n${JSON.stringify(REPLY)}\nEnjoy!`;
        },
        { refusesSchemas: true },
      ),
    );
    const before = fake.requests.length;
    expect((await writer.call(TOPIC, contextOf())).content).toEqual(SCRIPT);
    expect((await writer.call(TOPIC, contextOf())).content).toEqual(SCRIPT);
    expect(fake.requests.length - before).toBe(3);
    expect(asked.at(-1)).toMatchObject({ hasSchema: false });
  });

  it('counts nothing where the server counts nothing', async () => {
    const writer = make(withoutKey());
    const { usage: _, ...uncounted } = { usage: {}, ...chatCompletion(JSON.stringify(REPLY), 'qwen3:8b') };
    fake.replyWith({ body: uncounted });
    expect((await writer.call(TOPIC, contextOf())).usage).toEqual({});
  });

  it('cannot be asked for while no model is named', async () => {
    const writer = make(withoutKey({}));
    expect(writer.models).toEqual([]);
    const expected = { code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('OPENAI_COMPATIBLE_TEXT_MODEL') };
    expect(writer.unsuitable(TOPIC)).toMatchObject(expected);
    await expect(writer.call(TOPIC, contextOf())).rejects.toMatchObject(expected);
  });

  it('tells a failure that is reported with status 200', async () => {
    const writer = make(withoutKey());
    fake.replyWith({ body: { error: { message: SECRET, code: 502 } } });
    await expect(writer.call(TOPIC, contextOf())).rejects.toMatchObject({
      code: 'OPENAI_COMPATIBLE_API_ERROR',
      retriable: true,
    });
  });
});
