import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineStage } from '../../src/entities/enums.ts';
import { decodeId } from '../../src/ids.ts';
import { claude } from '../fakes/claude.ts';
import { type FakeHandler, FakeService, type ReceivedRequest } from '../fakes/fake-service.ts';
import { POLLY_ENV, polly } from '../fakes/polly.ts';
import { replicate } from '../fakes/replicate.ts';
import { stability } from '../fakes/stability.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { FilmDocument, RunAgainDocument } from '../helpers/generated/documents.ts';
import type { Settings } from '../helpers/installation.ts';
import { ensureBuilt, SpawnedApp } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import { ANALYSIS_REPLY as ANALYSIS, REPLY as SCRIPT } from '../providers/services/writing.ts';

const SLOW = 240_000;
const SMALL = { language: 'en', aspectRatio: 'SQUARE_1_1', resolution: 'SD_480', burnInCaptions: false } as const;

let fakes: Readonly<Record<'claude' | 'polly' | 'stability' | 'replicate', FakeService>>;
let settings: Settings;
let api: TestApp;
let ann: Client;
let worker: SpawnedApp | undefined;
/** Requests that are not answered: the worker is killed once each of them was received. */
const deadly = new Map<PipelineStage, { received: boolean; readonly is: (request: ReceivedRequest) => boolean }>();

/** A service that may be called by the worker that is killed. */
const fakeOf = (handler: FakeHandler) =>
  FakeService.start(async (request) => {
    const [awaited] = [...deadly.values()].filter(({ is }) => is(request));
    if (!awaited) return await handler(request);
    awaited.received = true;
    if ([...deadly.values()].every(({ received }) => received)) await worker?.kill('SIGKILL');
    return 'hang';
  });

beforeAll(async () => {
  await ensureBuilt();
  fakes = {
    claude: await fakeOf(
      claude(({ messages }) => JSON.stringify(isScript(JSON.stringify(messages)) ? SCRIPT : ANALYSIS), TEST_KEY),
    ),
    polly: await fakeOf(polly),
    stability: await fakeOf(stability),
    replicate: await fakeOf(replicate),
  };
  settings = {
    CLAUDE_API_KEY: TEST_KEY,
    CLAUDE_BASE_URL: `${fakes.claude.url}/v1`,
    STABILITY_API_KEY: TEST_KEY,
    STABILITY_BASE_URL: fakes.stability.url,
    REPLICATE_API_KEY: TEST_KEY,
    REPLICATE_BASE_URL: `${fakes.replicate.url}/v1`,
    POLLY_API_KEY: TEST_KEY,
    POLLY_BASE_URL: fakes.polly.url,
    ...POLLY_ENV,
    // A busy machine delays the heartbeat of a live worker: only that of the killed one is to end.
    LEASE_SECONDS: '60',
  };
  api = await TestApp.start({ worker: false, settings });
  ann = await api.signedIn('ann');
}, SLOW);
afterAll(async () => {
  await worker?.kill('SIGKILL');
  await api?.close();
  await Promise.all(Object.values(fakes ?? {}).map((fake) => fake.close()));
}, 60_000);

function isScript(text: string): boolean {
  return text.includes('why the sea rises');
}

/** Starts a worker that finds the job of the killed one free. */
async function startWorker(): Promise<void> {
  await api.installation.db
    .sql()
    .updateTable('jobs')
    .set({ lease_expires_at: new Date(0) })
    .where('status', '=', 'ACTIVE')
    .execute();
  worker = await SpawnedApp.start(api.installation, 'worker', { settings });
}

async function reaches(id: string, status: 'FAILED' | 'COMPLETED') {
  await until(`the video is ${status}`, async () => {
    const { video } = await ann.ask(FilmDocument, { id });
    const ended = video?.status === 'FAILED' || video?.status === 'COMPLETED';
    if (ended && video.status !== status) throw new Error(`${video.status}: ${JSON.stringify(video.stages)}`);
    return ended;
  });
}

/** Attempts of the video by stage, provider and state, in the order in which they were sent. */
async function attemptsOf(id: string, stage: PipelineStage): Promise<string[]> {
  const attempts = await api.installation.db
    .sql()
    .selectFrom('generation_attempts as attempt')
    .innerJoin('ai_generations as generation', 'generation.id', 'attempt.generation_id')
    .select(['attempt.provider', 'attempt.state'])
    .where('video_id', '=', decodeId('video', id))
    .where('generation.stage', '=', stage)
    .orderBy('sent_at')
    .execute();
  return attempts.map(({ provider, state }) => `${provider} ${state}`);
}

async function errorCodeOf(id: string): Promise<string | undefined> {
  const { error } = await api.installation.db
    .sql()
    .selectFrom('videos')
    .select('error')
    .where('id', '=', decodeId('video', id) ?? '')
    .executeTakeFirstOrThrow();
  return error?.code;
}

/** What the services were asked for, as often as they were; the boundaries of forms are random. */
function contents(): string[] {
  return Object.values(fakes).flatMap(({ requests }) =>
    requests.map(({ path, body }) => `${path} ${body.toString().replace(/formdata-undici-\d+/g, '')}`),
  );
}

function killAt(stages: readonly PipelineStage[]): void {
  const isOf: Readonly<Partial<Record<PipelineStage, (request: ReceivedRequest) => boolean>>> = {
    SCRIPT: ({ path, body }) => path === '/v1/messages' && isScript(body.toString()),
    SPEECH: ({ path }) => path === '/v1/speech',
    VISUALS: ({ path }) => path.includes('/stable-image/'),
    ANALYSIS: ({ path, body }) => path === '/v1/messages' && !isScript(body.toString()),
  };
  for (const stage of stages) deadly.set(stage, { received: false, is: isOf[stage] ?? (() => false) });
}

describe('A worker that is killed while a paid service works for it', () => {
  it(
    'is followed by one that pays nothing again before a user has decided, for each kind of content',
    async () => {
      await startWorker();
      const rounds: readonly (readonly PipelineStage[])[] = [['SCRIPT'], ['SPEECH', 'VISUALS'], ['ANALYSIS']];
      let id = '';
      for (const stages of rounds) {
        killAt(stages);
        if (id === '')
          ({ id } = await ann.makeVideo({
            topic: 'why the sea rises',
            targetDurationSeconds: 30,
            ...SMALL,
            providers: { image: 'stability' },
          }));
        else await ann.ask(RunAgainDocument, { id });
        await until(`the worker was killed at ${stages}`, () => worker?.hasEnded === true);
        const before = contents();
        deadly.clear();
        await startWorker();
        await reaches(id, 'FAILED');
        expect(await errorCodeOf(id), `${stages}`).toBe('ANSWER_LOST');
        // Other scenes may have been requested meanwhile.
        const after = contents();
        expect(
          after.filter((content) => before.includes(content)),
          `${stages}`,
        ).toEqual(before);
        for (const stage of stages)
          expect(await attemptsOf(id, stage)).toContainEqual(expect.stringMatching(/UNCERTAIN$/));
      }
      await ann.ask(RunAgainDocument, { id });
      await reaches(id, 'COMPLETED');
      const scenes = SCRIPT.scenes.length;
      for (const stage of rounds.flat()) {
        const settled = (await attemptsOf(id, stage)).filter((line) => line.endsWith('SETTLED'));
        expect(settled, stage).toHaveLength(stage === 'SPEECH' || stage === 'VISUALS' ? scenes : 1);
      }
    },
    SLOW,
  );

  it(
    'leaves its task to the next one, where the service works in the background',
    async () => {
      const isCreation = ({ method }: ReceivedRequest) => method === 'POST';
      const [first] = SCRIPT.scenes;
      deadly.set('VISUALS', { received: false, is: ({ path }) => path.includes('/predictions/') });
      const { id } = await ann.makeVideo({
        scenes: [{ narration: first?.narration ?? '', visualPrompt: 'A wide beach' }],
        ...SMALL,
        providers: { image: 'replicate' },
      });
      await until('the worker was killed', () => worker?.hasEnded === true);
      deadly.clear();
      expect(fakes.replicate.requests.filter(isCreation)).toHaveLength(1);
      await startWorker();
      await reaches(id, 'COMPLETED');
      expect(fakes.replicate.requests.filter(isCreation)).toHaveLength(1);
      expect(await attemptsOf(id, 'VISUALS')).toEqual(['replicate SETTLED']);
    },
    SLOW,
  );
});
