import { afterAll, beforeAll, expect, it } from 'vitest';
import { VideoProgressDocument } from '../../src/cli/generated/documents.ts';
import { type Asked, USED } from '../fakes/asked-model.ts';
import { FakeService } from '../fakes/fake-service.ts';
import { geminiText } from '../fakes/gemini-text.ts';
import { TestApp } from '../helpers/app.ts';
import { FilmDocument } from '../helpers/generated/documents.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';

const ANALYSIS = {
  summary: 'Bees dance to show the other bees where they have found flowers.',
  title: 'How bees find flowers',
  description: 'The film shows how bees tell one another where flowers are.',
  tags: ['bees'],
  chapters: [{ title: 'The dance', scene: 1 }],
  seo: { title: 'How bees find flowers', description: 'The dance of the bees.', keywords: ['bees'] },
};

const asked: Asked[] = [];
let fake: FakeService;
let app: TestApp;
beforeAll(async () => {
  const handler = geminiText((one) => {
    asked.push(one);
    return JSON.stringify(ANALYSIS);
  }, TEST_KEY);
  fake = await FakeService.start(handler);
  const settings = { GEMINI_API_KEY: TEST_KEY, GEMINI_BASE_URL: `${fake.url}/v1beta`, LEASE_SECONDS: '8' };
  app = await TestApp.start({ settings });
}, 180_000);
afterAll(async () => {
  await app?.close();
  await fake?.close();
}, 60_000);

it('Gemini sees the finished film, and its tokens are counted', async () => {
  const ann = await app.signedIn('ann');
  const { id, cursor } = await ann.makeVideo({
    scenes: [{ narration: 'Bees dance, and the other bees watch them.' }],
    language: 'en',
    aspectRatio: 'SQUARE_1_1',
    resolution: 'SD_480',
    providers: { text: 'local', image: 'local' },
  });
  await ann.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(200);
  const { video } = await ann.ask(FilmDocument, { id });
  expect(video).toMatchObject({ status: 'COMPLETED', analysis: { summary: ANALYSIS.summary } });
  expect(asked).toHaveLength(1);
  const [message] = asked[0]?.messages ?? [];
  expect(message?.video?.subarray(4, 8).toString('latin1'), 'an MP4').toBe('ftyp');
  const { cost } = await app.installation.db
    .sql()
    .selectFrom('ai_generations')
    .select('cost')
    .where('provider', '=', 'gemini')
    .executeTakeFirstOrThrow();
  // $0.30 and $2.50 for a million.
  expect(Number(cost)).toBe(Math.ceil((USED.inputTokens * 0.3 + USED.outputTokens * 2.5) / 100) / 10_000);
}, 240_000);
