import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeId } from '../../src/ids.ts';
import { adminAt } from '../helpers/admin.ts';
import type { Client } from '../helpers/client.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { type StepFragment, StepsDocument } from '../helpers/generated/documents.ts';
import type { SpawnedApp } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const SLOW = 180_000;
const LEASE_MS = 2_000;
// As a URL, in which a path with a space has none: Node splits NODE_OPTIONS there.
const BLOCKABLE = new URL('../helpers/preload/blockable.mjs', import.meta.url).href;

const shape = { aspectRatio: 'SQUARE_1_1', resolution: 'SD_480', burnInCaptions: false } as const;
const VIDEO = { ...shape, scenes: ['One.', 'Two.'].map((narration) => ({ narration })) };
const NEXT = { ...shape, script: 'Next.' };
const LOST = 'the lease is lost; this worker discards its work';

const processes = useProcesses({}, { fakeContent: true });
const { installation } = processes;
let server: SpawnedApp;
let ann: Client;
let staleWorker: SpawnedApp;
const newWorkers: SpawnedApp[] = [];

beforeAll(async () => {
  [server, staleWorker] = await Promise.all([processes.start('serve'), startWorker()]);
  ann = await adminAt(server.url, installation);
}, SLOW);
afterEach(async () => {
  staleWorker?.signal('SIGCONT');
  await rm(blockFile(), { force: true });
  await Promise.all(newWorkers.splice(0).map((newWorker) => newWorker.stop()));
});
afterAll(async () => {
  await Promise.all([staleWorker?.stop(), server?.stop()]);
}, SLOW);

const blockFile = () => join(installation.dataDir, 'block');
const startWorker = () =>
  processes.start('worker', {
    settings: { FAKE_SCENE_MS: '500', NODE_OPTIONS: `--import ${BLOCKABLE}`, BLOCK_WHILE: blockFile() },
  });

async function startNewWorker(): Promise<SpawnedApp> {
  const newWorker = await startWorker();
  newWorkers.push(newWorker);
  return newWorker;
}

const rows = (table: 'video_stages' | 'video_events' | 'scenes' | 'ai_generations', videoId: string) =>
  installation.db.sql().selectFrom(table).selectAll().where('video_id', '=', videoId).orderBy(sql`1, 2, 3`).execute();

/** All data of a finished video, including the files that it names. */
async function stateOf(id: string): Promise<unknown> {
  const videoId = decodeId('video', id) ?? '';
  const db = installation.db.sql();
  const video = await db.selectFrom('videos').selectAll().where('id', '=', videoId).executeTakeFirstOrThrow();
  const job = await db.selectFrom('jobs').selectAll().where('video_id', '=', videoId).executeTakeFirstOrThrow();
  const scenes = await rows('scenes', videoId);
  const keys = JSON.stringify([video, scenes]).match(/videos\/[\w./-]+/g) ?? [];
  expect(keys.length).toBeGreaterThan(2 * scenes.length);
  const files = await Promise.all(keys.map(async (key) => [key, await digestOf(key)]));
  return [video, job, scenes, files, await rows('video_stages', videoId), await rows('video_events', videoId)];
}

async function digestOf(key: string): Promise<string> {
  const bytes = await readFile(join(installation.dataDir, 'files', key));
  return createHash('sha256').update(bytes).digest('hex');
}

/** A video that the frozen worker is speaking. */
async function inTheMiddle(): Promise<{ id: string; whole: () => Promise<StepFragment[]> }> {
  const { id, cursor } = await ann.makeVideo(VIDEO);
  const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
  await watch.sees(({ videoProgress: { stage, sceneIndex } }) => stage === 'SPEECH' && sceneIndex !== null);
  return { id, whole: async () => (await watch.whole(60)).map(({ videoProgress }) => videoProgress) };
}

const outputOf = (worker: SpawnedApp) => worker.output.split(LOST).length - 1;

/** Makes a video while the frozen worker is the only one. */
async function staleWorkerMakesTheNext(): Promise<void> {
  await Promise.all(newWorkers.splice(0).map((newWorker) => newWorker.stop()));
  const { id, cursor } = await ann.makeVideo(NEXT);
  const steps = await ann.watch(StepsDocument, { videoId: id, after: cursor }).whole(60);
  expect(steps.at(-1)?.videoProgress.status).toBe('COMPLETED');
  expect(staleWorker.hasEnded).toBe(false);
}

function expectMadeOnce(steps: readonly StepFragment[]): void {
  expect(steps.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 100 });
  const done = steps.filter(({ stageStatus }) => stageStatus === 'COMPLETED').map(({ stage }) => stage);
  expect(done).toEqual(['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS']);
}

describe('A worker that hangs in mid-stage for longer than its lease', () => {
  it(
    'because its event loop is blocked for three leases: another finishes, and it recovers',
    async () => {
      const { id, whole } = await inTheMiddle();
      const lost = outputOf(staleWorker);
      const blockedSince = performance.now();
      await writeFile(blockFile(), '');
      staleWorker.signal('SIGUSR2');
      await startNewWorker();
      expectMadeOnce(await whole());
      const made = await stateOf(id);
      await until('three leases have passed', () => performance.now() - blockedSince > 3 * LEASE_MS);
      await rm(blockFile());
      await until('it says that its lease is lost', () => outputOf(staleWorker) > lost);
      expect(await stateOf(id)).toEqual(made);
      // The next test begins with a video that it makes.
      expect(staleWorker.hasEnded).toBe(false);
    },
    SLOW,
  );

  it(
    'because it was stopped in the middle of a write: its locks are released, another finishes, and it recovers',
    async () => {
      const lost = outputOf(staleWorker);
      const { id, cursor } = await ann.makeVideo(VIDEO);
      const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
      await watch.sees(({ videoProgress: { stage } }) => stage === 'SCRIPT');
      await stopInATransaction(decodeId('video', id) ?? '');
      await startNewWorker();
      expectMadeOnce((await watch.whole(60)).map(({ videoProgress }) => videoProgress));
      const made = await stateOf(id);
      staleWorker.signal('SIGCONT');
      await until('it says that its lease is lost', () => outputOf(staleWorker) > lost);
      await staleWorkerMakesTheNext();
      expect(await stateOf(id)).toEqual(made);
    },
    SLOW,
  );
});

/** It waits for a row that the test has locked while it holds the lock of its job: when it is stopped then, it keeps that lock. */
async function stopInATransaction(videoId: string): Promise<void> {
  await installation.db.transaction(async (em) => {
    await em.execute('set local idle_in_transaction_session_timeout = 0');
    await em.execute('select 1 from videos where id = ? for no key update', [videoId]);
    await until('the worker waits for the row', async () => (await sessions("wait_event_type = 'Lock'")) > 0);
    staleWorker.signal('SIGSTOP');
  });
  await until('it holds its locks', async () => (await sessions("state = 'idle in transaction'")) > 0);
}

/** The number of sessions of this test's database in this state. */
async function sessions(state: string): Promise<number> {
  const found: { count: string }[] = await installation.db
    .em()
    .execute(`select count(*) from pg_stat_activity where datname = current_database() and ${state}`);
  return Number(found[0]?.count);
}
