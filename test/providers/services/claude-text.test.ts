import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claudeLanguageModel } from '../../../src/providers/claude/language-model.ts';
import { scriptWriter } from '../../../src/providers/writing/script-writer.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { type Asked, USED } from '../../fakes/asked-model.ts';
import { claude, claudeMessage } from '../../fakes/claude.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';
import { DETECTOR, REPLY, SCRIPT, SECRET, TOPIC } from './writing.ts';

const asked: Asked[] = [];
const handler = claude((one) => {
  asked.push(one);
  return JSON.stringify(REPLY);
}, TEST_KEY);
const make = (settings: ServiceSettings) =>
  scriptWriter(claudeLanguageModel({ ...settings, baseUrl: `${settings.baseUrl}/v1` }, 'TEXT'), DETECTOR);

/** https://platform.claude.com/docs/en/api/errors */
const error = (type: string) => ({
  type: 'error',
  error: { type, message: `Not with ${TEST_KEY}: ${SECRET}` },
  request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
});

describe("A script by Anthropic's Messages API", () => {
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
  });
  afterAll(() => fake.close());

  itKeepsTheContract({
    service: 'CLAUDE',
    handler,
    make,
    request: TOPIC,
    secretText: SECRET,
    refusals: [
      {
        what: 'a request that is not understood',
        reply: { status: 400, body: error('invalid_request_error') },
        code: 'CLAUDE_API_ERROR',
        retriable: false,
      },
      {
        what: 'a wrong key',
        reply: { status: 401, body: error('authentication_error') },
        code: 'CLAUDE_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'a missing payment',
        reply: { status: 402, body: error('billing_error') },
        code: 'CLAUDE_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'a key without permission',
        reply: { status: 403, body: error('permission_error') },
        code: 'CLAUDE_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'an unknown model',
        reply: { status: 404, body: error('not_found_error') },
        code: 'CLAUDE_API_ERROR',
        retriable: false,
      },
      {
        what: 'a limit of requests',
        reply: { status: 429, headers: { 'retry-after': '12' }, body: error('rate_limit_error') },
        code: 'CLAUDE_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 12,
      },
      {
        what: 'an overloaded server',
        reply: { status: 529, body: error('overloaded_error') },
        code: 'CLAUDE_API_ERROR',
        retriable: true,
      },
      {
        what: 'a refusal by the model',
        reply: { body: claudeMessage('', 'claude-haiku-5-5', 'refusal') },
        code: 'CLAUDE_CONTENT_REJECTED',
        retriable: false,
      },
    ],
  });

  it('is asked for with a schema and without thinking, and counted as the service counts it', async () => {
    const answer = await make(settingsOf('CLAUDE', fake.url)).call(TOPIC, contextOf());
    expect(answer).toEqual({ content: SCRIPT, model: 'claude-haiku-5-5', usage: USED });
    expect(asked.at(-1)).toMatchObject({ model: 'claude-haiku-5-5', hasSchema: true });
    expect(fake.requests.at(-1)?.json()).toMatchObject({ thinking: { type: 'disabled' } });
  });

  it.each(['claude-haiku-4-5', 'claude-opus-5-5'])(
    'never takes more tokens than were reserved for %s',
    async (model) => {
      fake.replyWith({ body: claudeMessage(JSON.stringify(REPLY), model) });
      const writer = make(settingsOf('CLAUDE', fake.url, { CLAUDE_TEXT_MODEL: model }));
      await writer.call(TOPIC, contextOf());
      const most = writer.mostUsage(TOPIC).outputTokens ?? 0;
      expect(fake.requests.at(-1)?.json()).toMatchObject({ model, max_tokens: most / 2 });
    },
  );

  it('that is not valid is repaired in the same conversation', async () => {
    const replies = ['Cats!', JSON.stringify(REPLY)];
    const write = (one: Asked) => {
      asked.push(one);
      return replies.shift() ?? '';
    };
    fake.handleWith(claude(write, TEST_KEY));
    const answer = await make(settingsOf('CLAUDE', fake.url)).call(TOPIC, contextOf());
    expect(answer.content).toEqual(SCRIPT);
    expect(answer.usage).toEqual({ inputTokens: 2 * USED.inputTokens, outputTokens: 2 * USED.outputTokens });
    expect(asked.at(-1)?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });
});
