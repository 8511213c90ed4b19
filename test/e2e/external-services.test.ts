import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VideoProgressDocument } from '../../src/cli/generated/documents.ts';
import { decodeId } from '../../src/ids.ts';
import { moneyOf } from '../../src/money.ts';
import { USED } from '../fakes/asked-model.ts';
import { billOf } from '../fakes/bill-of.ts';
import { claude } from '../fakes/claude.ts';
import { elevenlabs } from '../fakes/elevenlabs.ts';
import { FakeService, type ReceivedRequest } from '../fakes/fake-service.ts';
import { POLLY_ENV, polly } from '../fakes/polly.ts';
import { stability } from '../fakes/stability.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { EstimateDocument, FilmDocument, type FilmQuery } from '../helpers/generated/documents.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import { ANALYSIS_REPLY as ANALYSIS, REPLY as SCRIPT } from '../providers/services/writing.ts';

let fakes: Readonly<Record<'openai' | 'claude' | 'stability' | 'elevenlabs' | 'polly', FakeService>>;
let app: TestApp;
let ann: Client;
let scenesOfFirst: NonNullable<FilmQuery['video']>['scenes'];
beforeAll(async () => {
  fakes = {
    // Whatever it is asked: the key is wrong.
    openai: await FakeService.start(() => ({ status: 401, body: { error: { code: 'invalid_api_key' } } })),
    claude: await FakeService.start(
      claude(({ messages }) => {
        const isScript = messages.some(({ text }) => text.includes('why the sea rises'));
        return JSON.stringify(isScript ? SCRIPT : ANALYSIS);
      }, TEST_KEY),
    ),
    stability: await FakeService.start(stability),
    elevenlabs: await FakeService.start(elevenlabs),
    polly: await FakeService.start(polly),
  };
  fakes.elevenlabs.replyWith('break off');
  app = await TestApp.start({
    settings: {
      OPENAI_API_KEY: TEST_KEY,
      OPENAI_BASE_URL: `${fakes.openai.url}/v1`,
      OPENAI_PRIORITY: '99',
      CLAUDE_API_KEY: TEST_KEY,
      CLAUDE_BASE_URL: `${fakes.claude.url}/v1`,
      STABILITY_API_KEY: TEST_KEY,
      STABILITY_BASE_URL: fakes.stability.url,
      ELEVENLABS_API_KEY: TEST_KEY,
      ELEVENLABS_BASE_URL: fakes.elevenlabs.url,
      POLLY_API_KEY: TEST_KEY,
      POLLY_BASE_URL: fakes.polly.url,
      ...POLLY_ENV,
    },
  });
  ann = await app.signedIn('ann');
}, 180_000);
afterAll(async () => {
  await app?.close();
  await Promise.all(Object.values(fakes ?? {}).map((fake) => fake.close()));
}, 60_000);

/** What the fakes accepted, at their prices. */
function bills(): Record<string, number> {
  const sum = (bill: readonly number[]) => bill.reduce((total, one) => total + one, 0);
  const textOf = (request: ReceivedRequest, field: string) =>
    z.record(z.string(), z.unknown()).parse(request.json())[field] as string;
  const spoken = fakes.polly.requests.filter(({ path }) => path === '/v1/speech');
  const characters = Map.groupBy(spoken, (request) => textOf(request, 'Text'));
  return {
    claude: sum(fakes.claude.requests.map(() => billOf('claude/claude-haiku-5-5', USED))),
    stability: sum(fakes.stability.requests.map(() => billOf('stability/stable-image-core', { images: 1 }))),
    elevenlabs: sum(
      fakes.elevenlabs.requests
        .filter(({ path }) => path.startsWith('/v1/text-to-speech'))
        .map((request) =>
          billOf('elevenlabs/eleven_multilingual_v2', { characters: Array.from(textOf(request, 'text')).length }),
        ),
    ),
    // Sound and marks of words are one call of ours, and two requests.
    polly: sum(
      Array.from(characters, ([text, requests]) =>
        billOf('polly/neural', { characters: requests.length * Array.from(text).length }),
      ),
    ),
  };
}

describe('A film about a topic, with keys of five services', () => {
  it('is made although one refuses and one breaks off, by those that follow, and costs what they bill', async () => {
    const { id, cursor } = await ann.makeVideo({
      topic: 'why the sea rises twice a day',
      language: 'en',
      targetDurationSeconds: 30,
      aspectRatio: 'SQUARE_1_1',
      resolution: 'SD_480',
      burnInCaptions: false,
    });
    const steps = await ann.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(240);
    const { video } = await ann.ask(FilmDocument, { id });
    expect(video).toMatchObject({ status: 'COMPLETED', title: SCRIPT.title, quality: { passed: true } });
    scenesOfFirst = video?.scenes ?? [];
    expect(scenesOfFirst.map(({ narration }) => narration)).toEqual(SCRIPT.scenes.map(({ narration }) => narration));

    const messages = steps.map(({ videoProgress }) => videoProgress.message);
    expect(messages).toContain(
      'OpenAI does not accept the key (401, invalid_api_key): check OPENAI_API_KEY and what the key may do. claude is used instead.',
    );
    expect(messages).toContain(
      'ElevenLabs ended the connection without a complete answer (UND_ERR_SOCKET). polly is used instead, for all scenes.',
    );

    const sql = app.installation.db.sql();
    const videoId = decodeId('video', id) ?? '';
    const attempts = await sql
      .selectFrom('generation_attempts as attempt')
      .innerJoin('ai_generations as generation', 'generation.id', 'attempt.generation_id')
      .select(['generation.stage', 'attempt.provider', 'attempt.state', 'attempt.error_code', 'attempt.cost'])
      .where('video_id', '=', videoId)
      .orderBy('sent_at')
      .execute();
    const story = new Set(attempts.map(({ stage, provider, state }) => `${stage} ${provider} ${state}`));
    expect([...story].toSorted()).toEqual([
      'ANALYSIS claude SETTLED',
      'SCRIPT claude SETTLED',
      // It was not called again: it rests.
      'SCRIPT openai REFUSED',
      'SPEECH elevenlabs SETTLED',
      'SPEECH elevenlabs UNCERTAIN',
      'SPEECH polly SETTLED',
      'VISUALS stability SETTLED',
    ]);
    const spent = Map.groupBy(attempts, ({ provider }) => provider);
    const ledger = Object.fromEntries(
      Array.from(spent, ([provider, of]) => [provider, of.reduce((sum, { cost }) => sum + moneyOf(cost), 0)]),
    );
    expect(ledger).toEqual({ openai: 0, ...bills() });
    expect(fakes.openai.requests).toHaveLength(1);
  }, 300_000);

  it('costs nothing for pictures and voices that its owner has from an earlier film', async () => {
    const before = { stability: fakes.stability.requests.length, polly: fakes.polly.requests.length };
    const { id, cursor } = await ann.makeVideo({
      scenes: scenesOfFirst.map(({ narration, visualPrompt }) => ({ narration, visualPrompt })),
      language: 'en',
      aspectRatio: 'SQUARE_1_1',
      resolution: 'SD_480',
      burnInCaptions: false,
      providers: { image: 'stability', speech: 'polly' },
    });
    await ann.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(240);
    const { video } = await ann.ask(FilmDocument, { id });
    expect(video).toMatchObject({ status: 'COMPLETED', quality: { passed: true } });
    expect({ stability: fakes.stability.requests.length, polly: fakes.polly.requests.length }).toEqual(before);
    const generations = await app.installation.db
      .sql()
      .selectFrom('ai_generations')
      .select(['stage', 'provider', 'cached', 'cost', 'status'])
      .where('video_id', '=', decodeId('video', id))
      .where('stage', 'in', ['SPEECH', 'VISUALS'])
      .execute();
    const copied = { cached: true, cost: '0.0000', status: 'COMPLETED' };
    expect(generations.toSorted((a, b) => String(a.stage).localeCompare(String(b.stage)))).toEqual([
      ...SCRIPT.scenes.map(() => ({ stage: 'SPEECH', provider: 'polly', ...copied })),
      ...SCRIPT.scenes.map(() => ({ stage: 'VISUALS', provider: 'stability', ...copied })),
    ]);
  }, 300_000);

  it('is estimated before within a tenth of what the services bill for voices and pictures, and nothing is called for it', async () => {
    const before = Object.values(fakes).map(({ requests }) => requests.length);
    const { estimateVideo } = await ann.ask(EstimateDocument, {
      input: {
        scenes: SCRIPT.scenes.map(({ narration }) => ({ narration })),
        language: 'en',
        aspectRatio: 'SQUARE_1_1',
        resolution: 'SD_480',
        providers: { image: 'stability', speech: 'polly' },
      },
    });
    const costs = new Map(
      estimateVideo?.lines.map(({ stage, provider, cost }) => [`${stage} ${provider}`, moneyOf(cost)]),
    );
    const { stability: pictures = 0, polly: voices = 0 } = bills();
    expect(costs.get('SCRIPT local'), 'scenes are spoken as they are').toBe(0);
    expect(Math.abs((costs.get('VISUALS stability') ?? 0) - pictures)).toBeLessThanOrEqual(pictures / 10);
    expect(Math.abs((costs.get('SPEECH polly') ?? 0) - voices)).toBeLessThanOrEqual(voices / 10);
    expect(moneyOf(estimateVideo?.cost ?? '')).toBe([...costs.values()].reduce((sum, cost) => sum + cost, 0));
    expect(Object.values(fakes).map(({ requests }) => requests.length)).toEqual(before);
  });

  it('about a topic is estimated by the length that is asked for', async () => {
    const estimateOf = async (targetDurationSeconds: number) =>
      (
        await ann.ask(EstimateDocument, {
          input: {
            topic: 'why the sea rises',
            language: 'en',
            targetDurationSeconds,
            providers: { speech: 'elevenlabs' },
          },
        })
      ).estimateVideo;
    const [short, long] = [await estimateOf(30), await estimateOf(120)];
    expect(short?.durationSeconds).toBeCloseTo(30, 0);
    expect(long?.durationSeconds).toBeCloseTo(120, 0);
    expect(short?.lines.map(({ stage, unit }) => [stage, unit])).toEqual([
      ['SCRIPT', 'tokens'],
      ['SPEECH', 'characters'],
      ['VISUALS', 'pictures'],
      ['ANALYSIS', 'tokens'],
    ]);
    expect(moneyOf(long?.cost ?? '')).toBeGreaterThan(3 * moneyOf(short?.cost ?? ''));
  });

  it('leaves no key and no text in the log', () => {
    const log = JSON.stringify(app.log);
    expect(log).not.toContain(TEST_KEY);
    expect(log).not.toContain('the sea climbs the shore');
  });
});
