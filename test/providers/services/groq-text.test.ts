import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groqLanguageModel } from '../../../src/providers/groq/language-model.ts';
import { scriptWriter } from '../../../src/providers/writing/script-writer.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { type Asked, USED } from '../../fakes/asked-model.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { groqText } from '../../fakes/groq-text.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';
import { DETECTOR, REPLY, SCRIPT, SECRET, TOPIC } from './writing.ts';

const asked: Asked[] = [];
const handler = groqText((one) => {
  asked.push(one);
  return JSON.stringify(REPLY);
}, TEST_KEY);
const make = (settings: ServiceSettings) =>
  scriptWriter(groqLanguageModel({ ...settings, baseUrl: `${settings.baseUrl}/openai/v1` }, 'TEXT'), DETECTOR);

/** https://console.groq.com/docs/errors */
const error = (type: string, code?: string) => ({
  error: { message: `Not with ${TEST_KEY}: ${SECRET}`, type, ...(code === undefined ? {} : { code }) },
});

describe("A script by Groq's Chat Completions API", () => {
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
  });
  afterAll(() => fake.close());

  itKeepsTheContract({
    service: 'GROQ',
    handler,
    make,
    request: TOPIC,
    secretText: SECRET,
    refusals: [
      {
        what: 'a wrong key',
        reply: { status: 401, body: error('invalid_request_error', 'invalid_api_key') },
        code: 'GROQ_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'a reached spend limit',
        reply: { status: 400, body: error('invalid_request_error', 'blocked_api_access') },
        code: 'GROQ_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'a limit of tokens',
        reply: { status: 429, headers: { 'retry-after': '2' }, body: error('tokens', 'rate_limit_exceeded') },
        code: 'GROQ_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 2,
      },
      {
        what: 'a reply in another form than that of the schema',
        reply: { status: 400, body: error('invalid_request_error', 'json_validate_failed') },
        code: 'GROQ_API_ERROR',
        retriable: true,
      },
      {
        what: 'a tier without capacity',
        reply: { status: 498, body: error('invalid_request_error', 'capacity_exceeded') },
        code: 'GROQ_API_ERROR',
        retriable: true,
      },
      {
        what: 'an unknown model',
        reply: { status: 404, body: error('invalid_request_error', 'model_not_found') },
        code: 'GROQ_API_ERROR',
        retriable: false,
      },
      {
        what: 'a failure of the server',
        reply: { status: 503, body: error('internal_server_error') },
        code: 'GROQ_API_ERROR',
        retriable: true,
      },
    ],
  });

  it('is asked for with a schema, and counted as the service counts it', async () => {
    const answer = await make(settingsOf('GROQ', fake.url)).call(TOPIC, contextOf());
    expect(answer).toEqual({ content: SCRIPT, model: 'openai/gpt-oss-120b', usage: USED });
    expect(asked.at(-1)).toMatchObject({ model: 'openai/gpt-oss-120b', hasSchema: true });
    expect(fake.requests.at(-1)?.json()).toMatchObject({ reasoning_effort: 'low' });
  });

  it('is asked for in words where a model takes no schema, which is found out once', async () => {
    const settings = settingsOf('GROQ', fake.url, { GROQ_TEXT_MODEL: 'llama-3.3-70b-versatile' });
    const writer = make(settings);
    const inFence = (one: Asked) => {
      asked.push(one);
      return `\`\`\`json\n${JSON.stringify(REPLY)}\n\`\`\``;
    };
    fake.handleWith(groqText(inFence, TEST_KEY));
    const before = fake.requests.length;
    expect((await writer.call(TOPIC, contextOf())).content).toEqual(SCRIPT);
    expect(asked.at(-1)).toMatchObject({ model: 'llama-3.3-70b-versatile', hasSchema: false });
    expect(asked.at(-1)?.instructions).toContain('"visualPrompt":{"type":"string"}');
    expect((await writer.call(TOPIC, contextOf())).content).toEqual(SCRIPT);
    expect(fake.requests.length - before).toBe(3);
  });

  it('that is not valid is repaired in the same conversation', async () => {
    const replies = ['Cats!', JSON.stringify(REPLY)];
    const write = (one: Asked) => {
      asked.push(one);
      return replies.shift() ?? '';
    };
    fake.handleWith(groqText(write, TEST_KEY));
    const answer = await make(settingsOf('GROQ', fake.url)).call(TOPIC, contextOf());
    expect(answer.content).toEqual(SCRIPT);
    expect(answer.usage).toEqual({ inputTokens: 2 * USED.inputTokens, outputTokens: 2 * USED.outputTokens });
    expect(asked.at(-1)?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });
});
