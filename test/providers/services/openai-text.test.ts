import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openaiLanguageModel } from '../../../src/providers/openai/language-model.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { scriptWriter } from '../../../src/providers/writing/script-writer.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { type Asked, USED } from '../../fakes/asked-model.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { openaiResponse, openaiText } from '../../fakes/openai-text.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';
import { DETECTOR, REPLY, SCRIPT, SECRET, TOPIC } from './writing.ts';

const asked: Asked[] = [];
const handler = openaiText((one) => {
  asked.push(one);
  return JSON.stringify(REPLY);
}, TEST_KEY);
const make = (settings: ServiceSettings) =>
  scriptWriter(openaiLanguageModel({ ...settings, baseUrl: `${settings.baseUrl}/v1` }, 'TEXT'), DETECTOR);

/** https://developers.openai.com/api/docs/guides/error-codes */
const error = (type: string, code: string | null, param: string | null = null) => ({
  error: { message: `Not with ${TEST_KEY}: ${SECRET}`, type, param, code },
});

describe("A script by OpenAI's Responses API", () => {
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
  });
  afterAll(() => fake.close());

  itKeepsTheContract({
    service: 'OPENAI',
    handler,
    make,
    request: TOPIC,
    secretText: SECRET,
    refusals: [
      {
        what: 'a wrong key',
        reply: { status: 401, body: error('invalid_request_error', 'invalid_api_key') },
        code: 'OPENAI_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'a limit of requests',
        reply: {
          status: 429,
          headers: { 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '6m0s' },
          body: error('tokens', 'rate_limit_exceeded'),
        },
        code: 'OPENAI_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 360,
      },
      {
        what: 'an account without credit',
        reply: { status: 429, body: error('insufficient_quota', 'credit_balance_exhausted') },
        code: 'OPENAI_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'a prompt against its rules',
        reply: { status: 400, body: error('invalid_request_error', 'invalid_prompt') },
        code: 'OPENAI_CONTENT_REJECTED',
        retriable: false,
      },
      {
        what: 'an unknown model',
        reply: { status: 404, body: error('invalid_request_error', 'model_not_found', 'model') },
        code: 'OPENAI_API_ERROR',
        retriable: false,
      },
      {
        what: 'an overloaded server',
        reply: { status: 503, body: error('service_unavailable_error', 'server_is_overloaded') },
        code: 'OPENAI_API_ERROR',
        retriable: true,
      },
      {
        what: 'a failure that is reported with status 200',
        reply: {
          body: openaiResponse('', 'gpt-6-luna', {
            status: 'failed',
            error: { code: 'server_error', message: SECRET },
            output: [],
          }),
        },
        code: 'OPENAI_API_ERROR',
        retriable: true,
      },
      {
        what: 'a refusal by the model',
        reply: {
          body: openaiResponse('', 'gpt-6-luna', {
            output: [
              {
                type: 'message',
                id: 'msg_1',
                status: 'completed',
                role: 'assistant',
                content: [{ type: 'refusal', refusal: `I cannot help with ${SECRET}.` }],
              },
            ],
          }),
        },
        code: 'OPENAI_CONTENT_REJECTED',
        retriable: false,
      },
      {
        what: 'a reply that a filter has ended',
        reply: {
          body: openaiResponse('{"title":', 'gpt-6-luna', {
            status: 'incomplete',
            incomplete_details: { reason: 'content_filter' },
          }),
        },
        code: 'OPENAI_CONTENT_REJECTED',
      },
    ],
  });

  it('is asked for with a schema, and counted as the service counts it', async () => {
    const answer = await make(settingsOf('OPENAI', fake.url)).call(TOPIC, contextOf());
    expect(answer).toEqual({ content: SCRIPT, model: 'gpt-6-luna', usage: USED });
    expect(asked.at(-1)).toMatchObject({ model: 'gpt-6-luna', hasSchema: true });
    expect(asked.at(-1)?.messages).toHaveLength(1);
    expect(fake.requests.at(-1)?.json()).toMatchObject({ store: false, reasoning: { effort: 'low' } });
  });

  it('is written by the model that the operator has chosen', async () => {
    const settings = settingsOf('OPENAI', fake.url, { OPENAI_TEXT_MODEL: 'gpt-4.1-mini' });
    const answer = await make(settings).call(TOPIC, contextOf());
    expect(answer.model).toBe('gpt-4.1-mini');
    expect(asked.at(-1)?.model).toBe('gpt-4.1-mini');
  });

  it('counts what was used for a reply that a filter has removed', async () => {
    fake.replyWith({
      body: openaiResponse('', 'gpt-6-luna', {
        status: 'incomplete',
        incomplete_details: { reason: 'content_filter' },
      }),
    });
    const failed = make(settingsOf('OPENAI', fake.url)).call(TOPIC, contextOf());
    await expect(failed).rejects.toMatchObject({
      code: 'OPENAI_CONTENT_REJECTED',
      cause: expect.any(UnusableAnswer),
    });
    await expect(failed).rejects.toMatchObject({ cause: { model: 'gpt-6-luna', usage: USED } });
  });

  it('counts a cache that is written, which costs a quarter more than input', async () => {
    const usage = {
      input_tokens: 1_200,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 1_024 },
      output_tokens: 340,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 1_540,
    };
    fake.replyWith({ body: openaiResponse(JSON.stringify(REPLY), 'gpt-6-luna', { usage }) });
    const answer = await make(settingsOf('OPENAI', fake.url)).call(TOPIC, contextOf());
    expect(answer.usage).toEqual({ inputTokens: 1_456, outputTokens: 340 });
  });
});
