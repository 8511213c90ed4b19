import { hostname, setPriority } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CreateVideoMutationVariables } from '../../src/cli/generated/documents.ts';
import { decodeId } from '../../src/ids.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { FilmDocument, type StepFragment, StepsDocument } from '../helpers/generated/documents.ts';
import type { Settings } from '../helpers/installation.ts';
import { ensureTestProgram, processesNaming, SpawnedApp } from '../helpers/processes.ts';
import type { Watch } from '../helpers/subscription-watch.ts';
import { until } from '../helpers/until.ts';

const SLOW = 180_000;
const SCENES = 6;
const STAGES = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'];

const VIDEO = {
  scenes: Array.from({ length: SCENES }, (_, at) => ({ narration: `Scene number ${at + 1}.` })),
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  burnInCaptions: false,
} satisfies CreateVideoMutationVariables['input'];

let program: string;
let api: TestApp;
let ann: Client;
const workers: SpawnedApp[] = [];

beforeAll(async () => {
  program = await ensureTestProgram('fake-app');
  // Longer than a busy machine delays the heartbeat of a live worker: a lost lease would count as one crash too many.
  api = await TestApp.start({ worker: false, settings: { LEASE_SECONDS: '8' } });
  ann = await api.signedIn('ann');
}, 120_000);
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill('SIGKILL')));
});
afterAll(async () => {
  await api?.close();
});

async function startWorker(settings: Settings = {}): Promise<SpawnedApp> {
  const worker = await SpawnedApp.start(api.installation, 'worker', {
    program,
    // Pictures are drawn while the narration is spoken, and some are left when it has ended.
    settings: { FAKE_SCENE_MS: '500', FAKE_PICTURE_MS: '1500', ...settings },
  });
  workers.push(worker);
  return worker;
}

/** A worker of lower priority than the test, so that it is killed soon after the event that the test waits for. */
async function startDoomed(settings: Settings = {}): Promise<SpawnedApp> {
  const worker = await startWorker(settings);
  setPriority(worker.pid, 5);
  return worker;
}

type Steps = Watch<{ readonly videoProgress: StepFragment }>;

const stepsOf = (watch: Steps) => watch.events.map(({ videoProgress }) => videoProgress);

/** Calls of providers so far, by kind. */
async function calls(): Promise<Record<string, number>> {
  const rows = await api.installation.db
    .sql()
    .selectFrom('generation_attempts as attempt')
    .innerJoin('ai_generations', 'ai_generations.id', 'generation_id')
    .select('type')
    .where('attempt.state', '=', 'SETTLED')
    .execute();
  return Object.fromEntries(
    ['TEXT', 'AUDIO', 'IMAGE'].map((type) => [type, rows.filter((row) => row.type === type).length]),
  );
}

/** Kills the worker at the first such event; resolves with the number of scenes that it had finished in that stage. */
async function killAt(worker: SpawnedApp, watch: Steps, fits: (step: StepFragment) => boolean): Promise<number> {
  const { videoProgress: seen } = await watch.sees(({ videoProgress }) => fits(videoProgress));
  expect(await worker.kill('SIGKILL')).toBe('SIGKILL');
  const done = stepsOf(watch).filter(({ stage, sceneIndex }) => stage === seen.stage && sceneIndex !== null);
  return done.length;
}

describe('A killed worker', () => {
  it(
    'while it speaks and draws, the next one while it draws the rest, and a third one while it assembles the film: a fourth one finishes the video, finished work is not repeated, and the FFmpeg of the third one ends with it',
    async () => {
      const first = await startDoomed();
      const { id, cursor } = await ann.makeVideo(VIDEO);
      const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
      const second = startDoomed();

      const spoken = await killAt(first, watch, ({ stage, sceneIndex }) => stage === 'SPEECH' && sceneIndex !== null);
      const afterFirst = await calls();
      expect(spoken).toBeLessThan(SCENES);
      const drawn = await killAt(
        await second,
        watch,
        ({ stage, sceneIndex }) => stage === 'VISUALS' && sceneIndex !== null,
      );
      const afterSecond = await calls();
      expect(drawn).toBeLessThan(SCENES);
      // Each is started after the one before was killed: of two that wait, either may claim the video.
      const assembling = await startDoomed();
      await killAt(assembling, watch, ({ stage, message }) => stage === 'ASSEMBLY' && message.includes('%'));
      await until(
        'no FFmpeg of the killed worker runs',
        async () => (await processesNaming(`${hostname()}-${assembling.pid}/`)).length === 0,
        2,
      );
      await startWorker();

      const steps = (await watch.whole(90)).map(({ videoProgress }) => videoProgress);
      expect(steps.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 100 });
      const completed = steps.filter(({ stageStatus }) => stageStatus === 'COMPLETED').map(({ stage }) => stage);
      expect(completed).toEqual(STAGES);
      const progress = steps.map((step) => step.progress);
      expect(progress).toEqual(progress.toSorted((one, other) => one - other));
      const beginnings = steps.filter(({ message }) => message === 'Assembling the film.');
      expect(beginnings.map(({ stage }) => stage)).toEqual(['ASSEMBLY', 'ASSEMBLY']);

      const { video } = await ann.ask(FilmDocument, { id });
      // A crash of a worker is not a failed attempt of the stage.
      expect(video?.stages.map(({ stage, attempt }) => [stage, attempt])).toEqual(STAGES.map((stage) => [stage, 1]));
      expect(video?.scenes.map(({ narration }) => narration)).toEqual(VIDEO.scenes.map(({ narration }) => narration));
      // One script and one analysis; a finished scene is never requested again.
      const all = await calls();
      expect(all['TEXT']).toBe(2);
      expect((all['AUDIO'] ?? 0) - (afterFirst['AUDIO'] ?? 0)).toBeLessThanOrEqual(SCENES - spoken);
      expect((all['IMAGE'] ?? 0) - (afterSecond['IMAGE'] ?? 0)).toBeLessThanOrEqual(SCENES - drawn);
      expect(all['AUDIO']).toBeGreaterThanOrEqual(SCENES);
    },
    SLOW,
  );
});

describe('A stopping worker', () => {
  // No other worker can take a video because this lease expires.
  const LONG = { LEASE_SECONDS: '600' };

  const jobOf = (videoId: string) =>
    api.installation.db
      .sql()
      .selectFrom('jobs')
      .selectAll()
      .where('video_id', '=', decodeId('video', videoId) ?? '')
      .executeTakeFirstOrThrow();
  const RELEASED = { status: 'WAITING', attempt: 0, worker_id: null, lease_expires_at: null };

  it(
    'finishes the current stage, releases the video and exits with 0; with a grace of zero it releases it at once and leaves no FFmpeg running; another continues with the next stage',
    async () => {
      const first = await startDoomed(LONG);
      const { id, cursor } = await ann.makeVideo({ ...VIDEO, scenes: VIDEO.scenes.slice(0, 2) });
      const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
      await watch.sees(({ videoProgress: { stage, sceneIndex } }) => stage === 'SPEECH' && sceneIndex !== null);
      expect(await first.kill('SIGTERM')).toBe(0);
      expect(await jobOf(id)).toMatchObject(RELEASED);
      const done = stepsOf(watch).filter(({ stageStatus }) => stageStatus === 'COMPLETED');
      expect(done.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['SCRIPT', 'SPEECH']));

      const second = await startDoomed({ ...LONG, STOP_GRACE_SECONDS: '0' });
      await watch.sees(({ videoProgress }) => videoProgress.stage === 'ASSEMBLY');
      expect(await second.kill('SIGTERM')).toBe(0);
      expect(await jobOf(id)).toMatchObject(RELEASED);
      expect(await ffmpegsOf(second)).toEqual([]);

      await startWorker(LONG);
      const steps = (await watch.whole(90)).map(({ videoProgress }) => videoProgress);
      expect(steps.at(-1)?.status).toBe('COMPLETED');
      const beginnings = STAGES.map((stage) => {
        const first = steps.find((step) => step.stage === stage)?.message;
        return steps.filter((step) => step.stage === stage && step.message === first).length;
      });
      // The assembly was interrupted.
      expect(beginnings).toEqual([1, 1, 1, 1, 2, 1]);
    },
    SLOW,
  );
});

/** Each worker has a work folder of its own, which is in the command lines of its FFmpegs. */
async function ffmpegsOf({ pid }: SpawnedApp): Promise<string[]> {
  return (await processesNaming(api.installation.dataDir)).filter((line) => line.includes(`-${pid}/`));
}
