import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateVideoDocument,
  type CreateVideoMutationVariables,
  VideoProgressDocument,
} from '../../src/cli/generated/documents.ts';
import { decodeId } from '../../src/ids.ts';
import { presenterPlace } from '../../src/media/presenter/presenter-place.ts';
import { moneyOf } from '../../src/money.ts';
import { FakeDId, talkOf } from '../fakes/d-id.ts';
import { FakeService } from '../fakes/fake-service.ts';
import { TestApp } from '../helpers/app.ts';
import { EstimateDocument, FilmDocument, OutcomeDocument, QuotasDocument } from '../helpers/generated/documents.ts';
import { decodeLuma } from '../helpers/media/decoded-frames.ts';
import { BLOCK } from '../helpers/media/media-fixtures.ts';
import { ensureBuilt, SpawnedApp } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';

const VIDEO = {
  scenes: ['Bees dance.', 'Other bees watch them.'].map((narration) => ({ narration })),
  title: 'How bees find flowers',
  language: 'en',
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  presenter: { layout: 'CORNER', imageUrl: 'https://pictures.example.org/ann.png' },
} satisfies CreateVideoMutationVariables['input'];
const PRICE = 0.026667;

let dId: FakeDId;
let fake: FakeService;
let app: TestApp;
let folder: string;
let users = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'presenter-'));
  dId = new FakeDId();
  fake = await FakeService.start(dId.handler);
  // Longer than a busy machine delays the heartbeat.
  const settings = { D_ID_API_KEY: TEST_KEY, D_ID_BASE_URL: fake.url, LEASE_SECONDS: '8' };
  app = await TestApp.start({ settings });
}, 180_000);
beforeEach(() => {
  dId = new FakeDId();
  fake.handleWith(dId.handler);
  fake.requests.splice(0);
});
afterAll(async () => {
  await app?.close();
  await fake?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function made(input: CreateVideoMutationVariables['input']) {
  const ann = await app.signedIn(`user${users++}`);
  const { id, cursor } = await ann.makeVideo(input);
  const steps = await ann.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(240);
  const { video } = await ann.ask(FilmDocument, { id });
  const { video: outcome } = await ann.ask(OutcomeDocument, { id });
  const messages = steps.map(({ videoProgress }) => videoProgress.message);
  const visuals = outcome?.stages.find(({ stage }) => stage === 'VISUALS');
  return { ann, video, outcome, visuals, messages, attempts: await attemptsOf(id) };
}

async function attemptsOf(id: string) {
  return await app.installation.db
    .sql()
    .selectFrom('generation_attempts as attempt')
    .innerJoin('ai_generations as generation', 'generation.id', 'attempt.generation_id')
    .select(['generation.type', 'generation.stage', 'attempt.state', 'attempt.error_code', 'attempt.cost'])
    .where('video_id', '=', decodeId('video', id) ?? '')
    .where('attempt.provider', '=', 'd_id')
    .execute();
}

describe('A film with a presenter', () => {
  it('shows who speaks each scene in a corner, and costs what the service bills', async () => {
    const { ann, video, visuals, messages, attempts } = await made(VIDEO);
    expect(video).toMatchObject({ status: 'COMPLETED', quality: { passed: true } });
    expect(visuals).toEqual({ stage: 'VISUALS', provider: 'local, d_id', errorCode: null });
    expect(messages).toContain('Presented scene 2 of 2.');

    expect(dId.talks.map(({ sourceUrl }) => sourceUrl)).toEqual([VIDEO.presenter.imageUrl, VIDEO.presenter.imageUrl]);
    const spoken = video?.scenes.map(({ durationSeconds }) => durationSeconds ?? 0) ?? [];
    // With the pauses of the scene, so that the face moves in them too.
    const expected = spoken.map((seconds) => seconds + 1).toSorted((a, b) => a - b);
    const seconds = dId.talks.map((talk) => talk.seconds).toSorted((a, b) => a - b);
    for (const [at, each] of seconds.entries()) expect(each).toBeCloseTo(expected[at] ?? 0, 1);

    expect(attempts).toMatchObject([
      { type: 'VIDEO', stage: 'VISUALS', state: 'SETTLED' },
      { type: 'VIDEO', stage: 'VISUALS', state: 'SETTLED' },
    ]);
    expect(attempts.reduce((sum, { cost }) => sum + moneyOf(cost), 0)).toBe(dId.bill(PRICE));
    const { quotas } = await ann.ask(QuotasDocument, {});
    expect(quotas?.find(({ type }) => type === 'VIDEO')?.used, 'presenters are no videos of the user').toBe(1);

    const path = join(folder, 'corner.mp4');
    await writeFile(path, Buffer.from(await (await fetch(video?.fileUrl ?? '')).arrayBuffer()));
    const frames = await decodeLuma(path, 480, 480);
    const size = { width: 480, height: 480 };
    const place = presenterPlace('CORNER', { size, captionLook: BLOCK });
    // Below the closed lips of the drawn head.
    const [x, y] = [place.x + Math.round(place.width / 2), place.y + Math.round((place.height * 330) / 512)];
    const mouths = frames.map((frame) => frame[y * 480 + x] ?? 0);
    expect(Math.max(...mouths) - Math.min(...mouths), 'the mouth opens and closes').toBeGreaterThan(40);
  }, 300_000);

  it('is estimated before with what the service bills', async () => {
    const ann = await app.signedIn(`user${users++}`);
    const { estimateVideo } = await ann.ask(EstimateDocument, { input: VIDEO });
    const line = estimateVideo?.lines.find(({ provider }) => provider === 'd_id');
    expect(line).toEqual({ stage: 'VISUALS', provider: 'd_id', units: 30, unit: 'seconds', cost: '0.8002' });
    expect(fake.requests).toEqual([]);
  });

  it.each([
    ['has no credits left', 402, 'InsufficientCreditsError', 'D_ID_QUOTA_EXCEEDED'],
    ['fails in the middle', 500, 'UnknownError', 'D_ID_API_ERROR'],
  ])(
    'is made without where the service %s, which the event and the stage say',
    async (_, status, kind, code) => {
      fake.handleWith((request) =>
        request.path === '/talks' && dId.talks.length > 0 ? { status, body: { kind } } : dId.handler(request),
      );
      const { video, visuals, messages, attempts } = await made(VIDEO);
      expect(video).toMatchObject({ status: 'COMPLETED', quality: { passed: true } });
      expect(visuals).toEqual({ stage: 'VISUALS', provider: 'local', errorCode: code });
      expect(messages).toContainEqual(
        expect.stringMatching(/^(?:The account at )?D-ID .* The film is made without a presenter\.$/),
      );
      expect(attempts.filter(({ state }) => state === 'SETTLED')).toHaveLength(1);
      expect(attempts.reduce((sum, { cost }) => sum + moneyOf(cost), 0)).toBe(dId.bill(PRICE));
    },
    300_000,
  );

  it.each([
    ['a presenter may cost more than the video may', { ...VIDEO, maxCost: '0.5' }, 200, {}, 'BUDGET_EXCEEDED'],
    ['the content is against the rules', VIDEO, 451, { kind: 'LegalError' }, 'D_ID_CONTENT_REJECTED'],
  ])(
    'fails where %s',
    async (_, input, status, body, code) => {
      fake.handleWith((request) =>
        request.path === '/talks' && status !== 200 ? { status, body } : dId.handler(request),
      );
      const { video, outcome } = await made(input);
      expect(video?.status).toBe('FAILED');
      expect(outcome?.error).toEqual({ code, stage: 'VISUALS' });
    },
    300_000,
  );

  it('is refused before any work where the request is wrong', async () => {
    const ann = await app.signedIn(`user${users++}`);
    const faultsOf = async (presenter: object) =>
      (await ann.ask(CreateVideoDocument, { input: { ...VIDEO, presenter: { ...VIDEO.presenter, ...presenter } } }))
        .createVideo?.userErrors;
    expect(await faultsOf({ provider: 'heygen' })).toMatchObject([
      { code: 'NOT_FOUND', field: ['input', 'presenter', 'provider'], message: expect.stringContaining('d_id') },
    ]);
    for (const imageUrl of ['http://example.org/a.png', 'https://10.0.0.1/a.png', 'https://localhost/a.png'])
      expect(await faultsOf({ imageUrl })).toMatchObject([
        { code: 'INVALID', field: ['input', 'presenter', 'imageUrl'] },
      ]);
    expect(fake.requests).toEqual([]);
  });
});

describe('A killed worker', () => {
  const workers: SpawnedApp[] = [];
  beforeAll(ensureBuilt, 120_000);
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill('SIGKILL')));
  });

  it('leaves the presenters that it has started to the next one, which starts none of them again', async () => {
    let isKilled = false;
    fake.handleWith((request) =>
      request.method === 'GET' && request.path.startsWith('/talks') && !isKilled
        ? { body: talkOf('tlk_0', 'started') }
        : dId.handler(request),
    );
    const settings = { D_ID_API_KEY: TEST_KEY, D_ID_BASE_URL: fake.url, LEASE_SECONDS: '3' };
    const api = await TestApp.start({ worker: false, settings });
    try {
      const ann = await api.signedIn('ann');
      const start = async () => {
        const worker = await SpawnedApp.start(api.installation, 'worker', { settings });
        workers.push(worker);
        return worker;
      };
      const first = await start();
      const { id, cursor } = await ann.makeVideo(VIDEO);
      const isAsked = (talk: string) => fake.requests.some(({ path }) => path === `/talks/${talk}`);
      await until('both presenters are asked for', () => isAsked('tlk_0') && isAsked('tlk_1'), 120);
      await first.kill('SIGKILL');
      isKilled = true;
      await start();
      await ann.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(240);
      const { video } = await ann.ask(FilmDocument, { id });
      expect(video).toMatchObject({ status: 'COMPLETED' });
      expect(video?.stages.find(({ stage }) => stage === 'VISUALS')?.provider).toContain('d_id');
      expect(dId.talks, 'started once').toHaveLength(2);
    } finally {
      await api.close();
    }
  }, 400_000);
});
