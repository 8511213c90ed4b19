import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moneyOf } from '../../../src/money.ts';
import { claudeMessage } from '../../fakes/claude.ts';
import { fieldsOf } from '../../fakes/stability.ts';
import { AnswerErrors, type Client } from '../../helpers/client.ts';
import {
  FailedJobOwnersDocument,
  GenerateImageDocument,
  GenerateSpeechDocument,
  GenerateTextDocument,
  GenerationChangedDocument,
  GenerationListDocument,
  GenerationNodeDocument,
  MeDocument,
  RetryQueueDocument,
  SetLimitDocument,
} from '../../helpers/generated/documents.ts';
import { until } from '../../helpers/until.ts';
import { generateImage, generateSpeech, generateText, quotaOf, useServices } from './generate-setup.ts';

const { app, fake } = useServices();
let operator: Client;
let ann: Client;
let number = 0;
beforeAll(async () => {
  operator = await app.signedIn('operator', 'SUPER_ADMIN');
});
beforeEach(async () => {
  ann = await app.signedIn(`ann${++number}`, 'PREMIUM');
});

const bytesAt = async (url: string | null | undefined) => Buffer.from(await (await fetch(url ?? '')).arrayBuffer());
const jobs = () =>
  app.installation.db.sql().selectFrom('jobs').selectAll().where('queue', '=', 'AI').orderBy('created_at').execute();

describe('A text', () => {
  it('is written by the first provider, costs what it bills, and counts as one of the quota', async () => {
    const prompt = '寫一句關於蜜蜂的話 🐝👩‍👩‍👧‍👦, bitte: “süß”';
    const before = fake('claude').requests.length;
    const { generation, userErrors } = await generateText(ann, { prompt, maxTokens: 321 });
    expect(userErrors).toEqual([]);
    expect(generation).toMatchObject({
      type: 'TEXT',
      status: 'COMPLETED',
      provider: 'claude',
      model: 'claude-haiku-5-5',
      prompt,
      parameters: { maxTokens: 321 },
      text: `claude: ${prompt}`,
      resultUrl: null,
      errorCode: null,
      attempts: [{ provider: 'claude', status: 'COMPLETED' }],
    });
    expect(moneyOf(generation?.cost ?? '')).toBeGreaterThan(0);
    expect(fake('claude').requests.length - before).toBe(1);
    expect(fake('claude').requests.at(-1)?.json()).toMatchObject({ max_tokens: 321 });
    expect(await quotaOf(ann, 'TEXT')).toEqual([1, 0]);
    expect((await jobs()).at(-1)).toMatchObject({ status: 'DONE', video_id: null });
    const { generations } = await ann.ask(GenerationListDocument, { type: 'TEXT' });
    expect(generations?.nodes).toMatchObject([{ id: generation?.id, prompt }]);
  });

  it('is written by the preferred provider, and by the model that the request names', async () => {
    const { generation: first } = await generateText(ann, { prompt: 'Bees', provider: 'groq' });
    expect(first).toMatchObject({ provider: 'groq', text: 'groq: Bees', parameters: { provider: 'groq' } });
    const model = 'openai/gpt-oss-20b';
    const { generation: second } = await generateText(ann, { prompt: 'Bees', model });
    expect(second).toMatchObject({ provider: 'groq', model, attempts: [{ provider: 'groq', model }] });
    expect(first?.model).not.toBe(model);
  });

  it('is refused before it costs anything, with what there is instead', async () => {
    const before = fake('claude').requests.length;
    const faultsOf = async (input: Parameters<typeof generateText>[1]) =>
      (await generateText(ann, input)).userErrors.map(({ field, code, message }) => [field?.at(-1), code, message]);
    expect(await faultsOf({ prompt: 'Bees', model: 'gpt-9' })).toEqual([
      ['model', 'NOT_FOUND', expect.stringContaining('there is claude-haiku-5-5, claude-sonnet-5-5')],
    ]);
    expect(await faultsOf({ prompt: 'Bees', provider: 'groq', model: 'claude-sonnet-5-5' })).toMatchObject([
      ['model', 'NOT_FOUND', expect.not.stringContaining('claude')],
    ]);
    expect(await faultsOf({ prompt: 'Bees', provider: 'local' })).toEqual([
      ['provider', 'NOT_FOUND', 'There is no provider of this name that is set up here; there is claude, groq.'],
    ]);
    expect(await faultsOf({ prompt: ' \u0000 ', maxTokens: 0 })).toMatchObject([
      ['prompt', 'REQUIRED', expect.anything()],
      ['maxTokens', 'INVALID', 'This must be between 1 and 16000.'],
    ]);
    expect(fake('claude').requests.length).toBe(before);
    expect(await quotaOf(ann, 'TEXT')).toEqual([0, 0]);
  });

  it('is written by the next provider where the first refuses; each attempt is shown', async () => {
    fake('claude').replyWith({ status: 404, body: { error: { type: 'not_found_error' } } });
    const { generation } = await generateText(ann, { prompt: 'Bees' });
    expect(generation).toMatchObject({
      status: 'COMPLETED',
      provider: 'groq',
      attempts: [
        { provider: 'claude', status: 'FAILED', cost: '0.0000' },
        { provider: 'groq', status: 'COMPLETED' },
      ],
    });
  });

  it('that is rejected fails, is offered to no other provider, and does not count; an operator can have it made again', async () => {
    fake('claude').replyWith({ body: claudeMessage('', 'claude-haiku-5-5', 'refusal') });
    const { generation } = await generateText(ann, { prompt: 'Something forbidden' });
    expect(generation).toMatchObject({
      status: 'FAILED',
      errorCode: 'CLAUDE_CONTENT_REJECTED',
      attempts: [{ provider: 'claude', status: 'FAILED' }],
    });
    expect(await quotaOf(ann, 'TEXT')).toEqual([0, 0]);
    const failed = { videoId: null, errorCode: 'CLAUDE_CONTENT_REJECTED' };
    expect(await operator.ask(FailedJobOwnersDocument, { queue: 'AI' })).toEqual({ failedJobs: [failed] });

    const { retryFailedJobs } = await operator.ask(RetryQueueDocument, { queue: 'AI' });
    expect(retryFailedJobs).toEqual({ retried: 1, userErrors: [] });
    const watch = ann.watch(GenerationChangedDocument, { id: generation?.id ?? '' });
    expect((await watch.whole()).at(-1)?.generationChanged).toMatchObject({
      status: 'COMPLETED',
      text: 'claude: Something forbidden',
      errorCode: null,
    });
    await until('it counts', async () => (await quotaOf(ann, 'TEXT'))[0] === 1);
  });
});

describe('A picture', () => {
  it.each([
    ['LANDSCAPE_16_9', '16:9'],
    ['PORTRAIT_9_16', '9:16'],
    ['SQUARE_1_1', '1:1'],
  ] as const)('in %s is drawn in that shape, and is fetched by its link', async (aspectRatio, aspect) => {
    const { generation } = await generateImage(ann, { prompt: 'A bee 🐝 on a flower', aspectRatio });
    expect(generation).toMatchObject({ type: 'IMAGE', status: 'COMPLETED', provider: 'stability', text: null });
    const picture = await bytesAt(generation?.resultUrl);
    expect(picture.subarray(0, 2).toString('hex')).toMatch(/^(ffd8|8950)$/);
    const asked = fake('stability').requests.at(-1);
    const fields = await fieldsOf(asked?.body ?? Buffer.alloc(0), asked?.headers['content-type']);
    expect(fields).toMatchObject({ aspect_ratio: aspect, prompt: expect.stringContaining('A bee 🐝 on a flower') });
    expect(await quotaOf(ann, 'IMAGE')).toEqual([1, 0]);
  });

  it('is drawn by the model that the request names, or refused with those that there are', async () => {
    const { generation } = await generateImage(ann, { prompt: 'A bee', model: 'stable-image-ultra' });
    expect(generation).toMatchObject({ model: 'stable-image-ultra', attempts: [{ model: 'stable-image-ultra' }] });
    expect(fake('stability').requests.at(-1)?.path).toMatch(/\/ultra$/);
    const { userErrors } = await generateImage(ann, { prompt: 'A bee', provider: 'stability', model: 'dall-e' });
    expect(userErrors).toMatchObject([{ field: ['input', 'model'], code: 'NOT_FOUND' }]);
    expect(userErrors[0]?.message).toContain('stable-image-core, stable-image-ultra, sd3.5-large');
  });

  it('of a Chinese prompt is drawn by a provider that reads it', async () => {
    const { generation } = await generateImage(ann, { prompt: '一隻蜜蜂在花上 🐝' });
    expect(generation).toMatchObject({ status: 'COMPLETED', provider: 'local', prompt: '一隻蜜蜂在花上 🐝' });
    expect((await bytesAt(generation?.resultUrl)).length).toBeGreaterThan(1_000);
  });
});

describe('A recording', () => {
  it('is spoken by the voice that the request names, and is fetched by its link', async () => {
    const voice = { provider: 'elevenlabs', voiceId: 'JBFqnCBsd6RMkjVDRZzb' };
    const { generation, userErrors } = await generateSpeech(ann, { text: 'Bees dance. 🐝', voice });
    expect(userErrors).toEqual([]);
    expect(generation).toMatchObject({ type: 'AUDIO', status: 'COMPLETED', provider: 'elevenlabs' });
    expect(generation?.parameters).toEqual({ language: 'en', speed: 1, ...voice });
    expect((await bytesAt(generation?.resultUrl)).subarray(0, 4).toString()).toBe('RIFF');
    expect(await quotaOf(ann, 'AUDIO')).toEqual([1, 0]);
  });

  it('is refused where it cannot be spoken as asked', async () => {
    const faultsOf = async (input: Parameters<typeof generateSpeech>[1]) =>
      (await generateSpeech(ann, input)).userErrors.map(({ field, code }) => [field?.slice(1).join('.'), code]);
    expect(await faultsOf({ text: 'Bees', voice: { provider: 'claude' } })).toEqual([['voice.provider', 'NOT_FOUND']]);
    expect(await faultsOf({ text: 'Bees', voice: { speed: 3 } })).toEqual([['voice.speed', 'INVALID']]);
    expect(await faultsOf({ text: '🐝' })).toEqual([['text', 'INVALID']]);
    expect(await faultsOf({ text: '蜜蜂在跳舞' })).toEqual([['text', 'UNSUPPORTED']]);
    expect(await quotaOf(ann, 'AUDIO')).toEqual([0, 0]);
  });
});

describe('The same key', () => {
  it('gives the same generation, however many requests come at once: one job, one bill', async () => {
    const before = [fake('claude').requests.length, (await jobs()).length];
    const input = { prompt: 'Once' };
    const all = await Promise.all(Array.from({ length: 10 }, () => generateText(ann, input, { key: 'k' })));
    const again = await generateText(ann, input, { key: 'k' });
    const ids = new Set([...all, again].map(({ generation }) => generation?.id));
    expect([...ids]).toEqual([expect.any(String)]);
    expect(again.generation).toMatchObject({ status: 'COMPLETED', text: 'claude: Once' });
    expect([fake('claude').requests.length, (await jobs()).length]).toEqual(before.map((count) => count + 1));
    expect(await quotaOf(ann, 'TEXT')).toEqual([1, 0]);
  });

  it('with another input is refused; for another kind it is another key', async () => {
    await generateText(ann, { prompt: 'Once' }, { key: 'k' });
    const { generation, userErrors } = await generateText(ann, { prompt: 'Twice' }, { key: 'k' });
    expect([generation, userErrors]).toMatchObject([null, [{ code: 'IDEMPOTENCY_MISMATCH' }]]);
    expect((await generateImage(ann, { prompt: 'Once' }, { key: 'k' })).generation).toMatchObject({ type: 'IMAGE' });
  });
});

describe('A quota', () => {
  it('of 10 with 30 requests at once gives exactly 10', async () => {
    const { viewer } = await ann.ask(MeDocument, {});
    await operator.ask(SetLimitDocument, { userId: viewer?.id ?? '', type: 'TEXT', limit: 10 });
    const before = fake('claude').requests.length;
    const all = await Promise.all(Array.from({ length: 30 }, (_, one) => generateText(ann, { prompt: `${one}` })));
    expect(all.filter(({ generation }) => generation?.status === 'COMPLETED')).toHaveLength(10);
    const refused = all.filter(({ userErrors }) => userErrors[0]?.code === 'QUOTA_EXCEEDED');
    expect(refused).toHaveLength(20);
    expect(refused[0]?.userErrors[0]?.message).toContain('Your plan allows 10 generated texts a day');
    expect(refused[0]?.userErrors[0]?.retryAfterSeconds).toBeGreaterThan(0);
    expect(fake('claude').requests.length - before).toBe(10);
    expect(await quotaOf(ann, 'TEXT')).toEqual([10, 0]);
  });
});

describe('Callers', () => {
  it('need the permission of each kind', async () => {
    const [user, creator] = [await app.signedIn('user', 'USER'), await app.signedIn('creator', 'CREATOR')];
    const codeOf = async (asked: Promise<unknown>) => {
      const thrown: unknown = await asked.catch((error: unknown) => error);
      return thrown instanceof AnswerErrors ? thrown.codes : [];
    };
    expect(await codeOf(user.ask(GenerateTextDocument, { input: { prompt: 'Bees' } }))).toEqual(['FORBIDDEN']);
    expect(await codeOf(creator.ask(GenerateImageDocument, { input: { prompt: 'A bee' } }))).toEqual(['FORBIDDEN']);
    expect(await codeOf(creator.ask(GenerateSpeechDocument, { input: { text: 'Bees' } }))).toEqual(['FORBIDDEN']);
    expect((await generateText(creator, { prompt: 'Bees' })).generation?.status).toBe('COMPLETED');
  });

  it('see no generation of another user', async () => {
    const { generation } = await generateText(ann, { prompt: 'Bees' });
    const bob = await app.signedIn('bob', 'PREMIUM');
    const id = generation?.id ?? '';
    expect(await bob.ask(GenerationNodeDocument, { id })).toEqual({ node: null });
    for (const other of [id, 'nothing']) {
      const end = await bob.watch(GenerationChangedDocument, { id: other }).ended();
      expect(end instanceof AnswerErrors && end.codes).toEqual(['BAD_USER_INPUT']);
    }
  });
});
