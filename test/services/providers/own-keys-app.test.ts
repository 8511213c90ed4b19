import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VideoProgressDocument } from '../../../src/cli/generated/documents.ts';
import { AppError } from '../../../src/errors.ts';
import { type FakeReply, FakeService } from '../../fakes/fake-service.ts';
import { groqText } from '../../fakes/groq-text.ts';
import { Client } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import {
  EstimateDocument,
  GenerateTextDocument,
  ProviderCallsDocument,
  ProviderKeysDocument,
  RemoveProviderKeyDocument,
  SetProviderKeyDocument,
  VideoAttemptsDocument,
} from '../../helpers/generated/documents.ts';
import { fakeProviders } from '../../helpers/media/fake-providers.ts';
import { ANALYSIS_REPLY as ANALYSIS, REPLY as SCRIPT } from '../../providers/services/writing.ts';

const KEY = 'gsk-a-key-of-anns-own-4711';
const REFUSED: FakeReply = { status: 401, body: { error: { message: 'Invalid API Key', code: 'invalid_api_key' } } };
const TOPIC = { topic: 'why the sea rises twice a day', language: 'en', targetDurationSeconds: 30 } as const;
const ARTICLE = { article: 'The moon pulls the sea. '.repeat(20), language: 'en', targetDurationSeconds: 30 } as const;

const isAbout = (text: string) => text.includes('why the sea rises') || text.includes('The moon pulls the sea.');
/** Groq with the user's key: a script, an analysis, or the sentence of the test call. */
const groq = groqText(({ messages, hasSchema }) => {
  if (!hasSchema) return 'Bees dance.';
  return JSON.stringify(messages.some(({ text }) => isAbout(text)) ? SCRIPT : ANALYSIS);
}, KEY);

let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(groq);
  return () => fake.close();
});
beforeEach(() => fake.handleWith(groq));
/** The installation has no key of Groq's, and no provider that writes about a topic. */
const app = useApp(() => {
  const providers = fakeProviders();
  const text = providers.text.map((one) => ({
    ...one,
    unsuitable: ({ source }: Parameters<typeof one.unsuitable>[0]) =>
      source.kind === 'topic' ? new AppError('PROVIDER_UNAVAILABLE', 'It knows nothing.') : undefined,
  }));
  return {
    contentProviders: { ...providers, text },
    settings: { GROQ_BASE_URL: `${fake.url}/openai/v1`, JOB_RETRIES: '0' },
  };
});

const setKey = async (user: Client, key = KEY, provider = 'groq') =>
  (await user.ask(SetProviderKeyDocument, { provider, key })).setProviderKey;
const keysOf = async (user: Client) => (await user.ask(ProviderKeysDocument, {})).providerKeys;
async function made(user: Client, input: Parameters<Client['makeVideo']>[0]) {
  const { id, cursor } = await user.makeVideo({ aspectRatio: 'SQUARE_1_1', resolution: 'SD_480', ...input });
  const steps = await user.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(120);
  const { video } = await user.ask(VideoAttemptsDocument, { id });
  const messages = steps.map(({ videoProgress }) => videoProgress.message);
  const generations = video?.generations?.nodes ?? [];
  const attempts = generations.flatMap((one) => one.attempts).filter(({ provider }) => provider === 'groq');
  return { video, messages, attempts };
}
const groqOfInstallation = async () => {
  const admin = await app.signedIn(`admin-${Math.random().toString(36).slice(2, 8)}`, 'ADMIN');
  return (await admin.ask(ProviderCallsDocument, {})).providers?.find(({ name }) => name === 'groq');
};

describe('A user’s own key', () => {
  it('makes videos that the installation cannot, at the user’s expense, and is never shown', async () => {
    const ann = await app.signedIn('ann');
    await expect(ann.makeVideo(TOPIC)).rejects.toThrow('PROVIDER_UNAVAILABLE');
    const shown = { provider: 'groq', lastFour: '4711', setAt: expect.any(String) };
    expect(await setKey(ann)).toEqual({ providerKey: shown, warnings: [], userErrors: [] });
    expect(await keysOf(ann)).toEqual([shown]);
    expect(fake.requests).toHaveLength(1);

    const { estimateVideo } = await ann.ask(EstimateDocument, { input: TOPIC });
    expect(estimateVideo?.lines.find(({ stage }) => stage === 'SCRIPT')).toMatchObject({ provider: 'groq' });
    const { video, attempts, messages } = await made(ann, TOPIC);
    expect(video?.status).toBe('COMPLETED');
    expect(attempts).toEqual([
      { provider: 'groq', ownKey: true, status: 'COMPLETED', errorCode: null },
      { provider: 'groq', ownKey: true, status: 'COMPLETED', errorCode: null },
    ]);
    const costs = video?.generations?.nodes.map(({ cost }) => Number(cost)) ?? [];
    expect(Number(video?.cost.spent)).toBeGreaterThan(0);
    expect(Number(video?.cost.spent)).toBeCloseTo(
      costs.reduce((sum, cost) => sum + cost, 0),
      4,
    );
    expect(await groqOfInstallation()).toMatchObject({ health: 'UNKNOWN', metrics: { calls: 0, cost: '0.0000' } });

    const bob = await app.signedIn('bob');
    expect(await keysOf(bob)).toEqual([]);
    await expect(bob.makeVideo(TOPIC)).rejects.toThrow('PROVIDER_UNAVAILABLE');
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(JSON.stringify(app.log) + metrics + messages.join()).not.toContain(KEY);
  });

  it('writes texts without a video too', async () => {
    const [uma, vic] = [await app.signedIn('uma'), await app.signedIn('vic')];
    await setKey(uma);
    const input = { prompt: 'Say what bees do.' };
    const { generateText } = await uma.ask(GenerateTextDocument, { input });
    expect(generateText).toMatchObject({
      generation: { status: 'COMPLETED', text: 'Bees dance.', attempts: [{ provider: 'groq', ownKey: true }] },
      userErrors: [],
    });
    const key = 'once';
    const first = (await uma.ask(GenerateTextDocument, { input, key })).generateText;
    await uma.ask(RemoveProviderKeyDocument, { provider: 'groq' });
    // A request that is repeated is answered, although no provider could serve it now.
    expect((await uma.ask(GenerateTextDocument, { input, key })).generateText).toEqual(first);
    expect(first?.generation?.status).toBe('COMPLETED');
    const refused = (await vic.ask(GenerateTextDocument, { input })).generateText;
    expect(refused).toMatchObject({ generation: null, userErrors: [{ code: 'PROVIDER_UNAVAILABLE' }] });
  });

  it('keeps to the limit of the video', async () => {
    const dan = await app.signedIn('dan');
    await setKey(dan);
    const { video } = await made(dan, { ...TOPIC, maxCost: '0.0001' });
    expect(video).toMatchObject({ status: 'FAILED', cost: { spent: '0.0000' } });
  });

  it('that is wrong is refused when it is set, and changes nothing of the installation', async () => {
    const eve = await app.signedIn('eve');
    fake.handleWith(() => REFUSED);
    expect(await setKey(eve, `${KEY}-wrong`)).toEqual({
      providerKey: null,
      warnings: [],
      userErrors: [{ code: 'INVALID', message: 'groq does not accept this key.', field: ['key'] }],
    });
    expect(await keysOf(eve)).toEqual([]);
    expect(await groqOfInstallation()).toMatchObject({ circuit: 'CLOSED' });
    expect(JSON.stringify(app.log)).not.toContain('-wrong');
  });

  it('that stops working is followed by the installation’s providers, which is said; no circuit opens', async () => {
    const fay = await app.signedIn('fay');
    await setKey(fay);
    fake.handleWith(() => REFUSED);
    const { video, messages, attempts } = await made(fay, ARTICLE);
    expect(video?.status).toBe('COMPLETED');
    expect(messages).toContain('Groq does not accept your own key: set it anew, or remove it. fake is used instead.');
    // The second is that of the analysis: a key of one's own does not rest.
    expect(attempts.map(({ ownKey, errorCode }) => [ownKey, errorCode])).toEqual([
      [true, 'GROQ_INVALID_API_KEY'],
      [true, 'GROQ_INVALID_API_KEY'],
    ]);
    expect(await groqOfInstallation()).toMatchObject({ circuit: 'CLOSED' });
  });

  it('that is removed while a video is made sends nothing more: the video goes on and says so', async () => {
    const gus = await app.signedIn('gus');
    await setKey(gus);
    let scripts = 0;
    fake.handleWith(async (request) => {
      scripts++;
      const { removeProviderKey } = await gus.ask(RemoveProviderKeyDocument, { provider: 'groq' });
      expect(removeProviderKey).toEqual({ removedProvider: 'groq', userErrors: [] });
      return await groq(request);
    });
    const { video, messages } = await made(gus, ARTICLE);
    expect(video?.status).toBe('COMPLETED');
    expect(scripts).toBe(1);
    expect(messages).toContain('Your own key for groq was removed or replaced. fake is used instead.');
    expect(await keysOf(gus)).toEqual([]);
    const again = await gus.ask(RemoveProviderKeyDocument, { provider: 'groq' });
    expect(again.removeProviderKey).toEqual({
      removedProvider: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['provider'] }],
    });
  });
});
