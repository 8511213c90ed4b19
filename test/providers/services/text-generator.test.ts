import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claudeLanguageModel } from '../../../src/providers/claude/language-model.ts';
import { geminiLanguageModel } from '../../../src/providers/gemini/language-model.ts';
import { groqLanguageModel } from '../../../src/providers/groq/language-model.ts';
import { openaiLanguageModel } from '../../../src/providers/openai/language-model.ts';
import { openaiCompatibleLanguageModel } from '../../../src/providers/openai-compatible/language-model.ts';
import type { TextRequest } from '../../../src/providers/ports.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { textGenerator } from '../../../src/providers/writing/text-generator.ts';
import { mostTokens } from '../../../src/providers/writing/tokens.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { type Asked, USED, type Writes } from '../../fakes/asked-model.ts';
import { claude, claudeMessage } from '../../fakes/claude.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { geminiText } from '../../fakes/gemini-text.ts';
import { groqText } from '../../fakes/groq-text.ts';
import { openaiCompatibleText } from '../../fakes/openai-compatible-text.ts';
import { openaiResponse, openaiText } from '../../fakes/openai-text.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';
import { SECRET } from './writing.ts';

const REQUEST: TextRequest = { prompt: `Write a haiku about a ${SECRET}.`, maxTokens: 200 };
const asked: Asked[] = [];
const write: Writes = (one) => {
  asked.push(one);
  return ' Walrus on the ice. \n';
};
const make = (settings: ServiceSettings) =>
  textGenerator(openaiLanguageModel({ ...settings, baseUrl: `${settings.baseUrl}/v1` }, 'TEXT'));

describe('A text by a language model', () => {
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(openaiText(write, TEST_KEY));
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(() => fake.close());
  const provider = () => make(settingsOf('OPENAI', fake.url));

  itKeepsTheContract({
    service: 'OPENAI',
    handler: openaiText(write, TEST_KEY),
    make,
    request: REQUEST,
    secretText: SECRET,
    refusals: [
      {
        what: 'a limit of requests',
        reply: { status: 429, body: { error: { code: 'rate_limit_exceeded' } } },
        code: 'OPENAI_RATE_LIMITED',
      },
    ],
  });

  it.each([
    ['OPENAI', openaiLanguageModel, openaiText(write, TEST_KEY), '/v1', 'gpt-6-luna'],
    ['CLAUDE', claudeLanguageModel, claude(write, TEST_KEY), '/v1', 'claude-haiku-5-5'],
    ['GEMINI', geminiLanguageModel, geminiText(write, TEST_KEY), '/v1beta', 'gemini-3.5-flash-lite'],
    ['GROQ', groqLanguageModel, groqText(write, TEST_KEY), '/openai/v1', 'openai/gpt-oss-120b'],
    [
      'OPENAI_COMPATIBLE',
      openaiCompatibleLanguageModel,
      openaiCompatibleText(write, { key: TEST_KEY }),
      '/v1',
      'qwen3:8b',
    ],
  ] as const)('is the answer of %s to the prompt alone', async (service, modelOf, handler, path, model) => {
    fake.handleWith(handler);
    const settings = settingsOf(service, fake.url, { OPENAI_COMPATIBLE_TEXT_MODEL: 'qwen3:8b' });
    const generator = textGenerator(modelOf({ ...settings, baseUrl: `${fake.url}${path}` }, 'TEXT'));
    expect(await generator.call(REQUEST, contextOf())).toEqual({ content: 'Walrus on the ice.', model, usage: USED });
    expect(asked).toEqual([
      {
        instructions: undefined,
        messages: [{ role: 'user', text: REQUEST.prompt }],
        hasSchema: false,
        outputLimit: 200,
        model,
      },
    ]);
    fake.handleWith(openaiText(write, TEST_KEY));
  });

  it('has no control characters, of which the database stores no NUL', async () => {
    fake.handleWith(openaiText(() => 'a\u0000b\u0007c\r\n\td', TEST_KEY));
    expect((await provider().call(REQUEST, contextOf())).content).toBe('abc\n\td');
    fake.handleWith(openaiText(write, TEST_KEY));
  });

  it.each([-50_000_000, 1e15])('costs the most that it can where the service counts %d tokens', async (tokens) => {
    const reply = claudeMessage('Walrus.', 'claude-haiku-5-5');
    fake.handleWith(() => ({
      body: { ...reply, usage: { ...reply.usage, input_tokens: tokens, output_tokens: tokens } },
    }));
    const settings = { ...settingsOf('CLAUDE', fake.url), baseUrl: `${fake.url}/v1` };
    const { usage } = await textGenerator(claudeLanguageModel(settings, 'TEXT')).call(REQUEST, contextOf());
    expect(usage).toEqual({ inputTokens: mostTokens(` ${REQUEST.prompt}`), outputTokens: 200 });
    fake.handleWith(openaiText(write, TEST_KEY));
  });

  it('is by the model that the request names, of those that are set up', async () => {
    const request = { ...REQUEST, model: 'gpt-6-sol' };
    expect(provider().models).toEqual(['gpt-6-luna', 'gpt-6-sol']);
    expect((await provider().call(request, contextOf())).model).toBe('gpt-6-sol');
  });

  it('is by no other model, whose price is unknown', async () => {
    const request = { ...REQUEST, model: 'gpt-9-titan' };
    expect(provider().unsuitable(request)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    await expect(provider().call(request, contextOf())).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    expect(asked).toEqual([]);
  });

  it("is by any model of one's own server", () => {
    const generator = textGenerator(openaiCompatibleLanguageModel(settingsOf('OPENAI_COMPATIBLE', fake.url), 'TEXT'));
    expect(generator.unsuitable({ ...REQUEST, model: 'llama4:scout' })).toBeUndefined();
    expect(generator.unsuitable(REQUEST)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  });

  it.each([
    ['<think>A walrus, then.</think>\n\nWalrus on the ice.', 'Walrus on the ice.'],
    ['It is a walrus.</think>Walrus on the ice.', 'Walrus on the ice.'],
    ['Walrus <think> on the ice.', 'Walrus <think> on the ice.'],
  ])('has none of what the model thought: %j', async (text, content) => {
    fake.replyWith({ body: openaiResponse(text, 'gpt-6-luna') });
    expect((await provider().call(REQUEST, contextOf())).content).toBe(content);
  });

  it('is missing where the limit of tokens ended it before it began', async () => {
    fake.replyWith({ body: openaiResponse('<think>A walrus lives', 'gpt-6-luna') });
    await expect(provider().call(REQUEST, contextOf())).rejects.toMatchObject({ code: 'OPENAI_API_ERROR' });
  });

  it('ends where its limit of tokens ends it', async () => {
    const incomplete = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    fake.replyWith({ body: openaiResponse('Walrus on the', 'gpt-6-luna', incomplete) });
    expect((await provider().call(REQUEST, contextOf())).content).toBe('Walrus on the');
  });

  it('that is empty is an error, and paid for', async () => {
    fake.replyWith({ body: openaiResponse(' \n', 'gpt-6-luna') });
    const failed = provider().call(REQUEST, contextOf());
    await expect(failed).rejects.toMatchObject({
      code: 'OPENAI_API_ERROR',
      cause: { model: 'gpt-6-luna', usage: USED },
    });
    await expect(failed).rejects.toMatchObject({ cause: expect.any(UnusableAnswer) });
  });

  it('reserves its limit and the prompt', async () => {
    expect(provider().mostUsage(REQUEST)).toEqual({ inputTokens: expect.any(Number), outputTokens: 200 });
    expect(provider().mostUsage({ ...REQUEST, maxTokens: 3 }).outputTokens).toBe(16);
    expect(provider().mostUsage(REQUEST).inputTokens).toBeGreaterThan(REQUEST.prompt.length / 4);
  });
});
