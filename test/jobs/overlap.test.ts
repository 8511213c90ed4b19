import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { Video } from '../../src/entities/video.ts';
import { VideoEvent } from '../../src/entities/video-event.ts';
import { AppError } from '../../src/errors.ts';
import type { WorkerParts } from '../../src/jobs/worker/worker.ts';
import { makeVideo } from '../../src/pipeline/make-video.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { chainsOf } from '../helpers/media/test-provider.ts';
import { until } from '../helpers/until.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';
import { Calls, callableProviders, upToCaptions } from '../pipeline/overlap-setup.ts';
import { contextIn } from '../pipeline/pipeline-fixture.ts';
import { ledgerFixtureOn } from './ledger-fixture.ts';

let db: Database;
let folder: string;
let owner: Viewer;
let fixture: ReturnType<typeof ledgerFixtureOn>;
let videoServices: ReturnType<typeof videoServicesOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'overlap-'));
  videoServices = videoServicesOn(db);
});
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

const NARRATIONS = ['One.', 'Two.'];
const CALLS = ['picture One.', 'picture Two.', 'voice One.', 'voice Two.'];
const never = new Promise<void>(() => undefined);

async function accepted(): Promise<string> {
  owner = await ownerOn(db);
  fixture = ledgerFixtureOn(db, owner);
  return (await videoServices.accept(owner)).id;
}

/** A worker whose voices and pictures are these calls; where it has all, the run ends with an error that is not retried. */
function workerWith(calls: Calls) {
  const make: WorkerParts['make'] = async (videoSpec, stageStore, stop, ledger) => {
    const { context } = await contextIn(folder, { videoSpec, stageStore });
    const providers = chainsOf(callableProviders(calls, NARRATIONS), ledger);
    await makeVideo({ ...upToCaptions(context), providers, signal: stop.now, stopAfterStage: stop.afterStage });
  };
  return videoServices.worker(make, { leaseSeconds: 600 });
}

const stagesOf = async (videoId: string) =>
  Object.fromEntries(
    (
      await db.sql().selectFrom('video_stages').select(['stage', 'status']).where('video_id', '=', videoId).execute()
    ).map(({ stage, status }) => [stage, status]),
  );
const videoOf = (id: string) => db.em().findOneOrFail(Video, { id });
const eventsOf = (videoId: string) => db.em().find(VideoEvent, { videoId }, { orderBy: { seq: 'asc' } });
const attemptsOf = async (videoId: string) =>
  (await fixture.attemptsOf(videoId))
    .map(({ provider, run, state }) => `${provider} ${run} ${state}`)
    .filter((attempt) => !attempt.startsWith('writer'))
    .toSorted();

/** Ends the lease of the video's job, as that of a worker that has crashed. */
const crash = (videoId: string) =>
  sql`update jobs set lease_expires_at = now() - interval '1 second' where video_id = ${videoId}`.execute(db.sql());

describe('A worker that speaks and draws at the same time', () => {
  it('and crashes leaves paid requests that nothing sends again before the user retries the video; what was answered is used', async () => {
    const id = await accepted();
    const first = new Calls();
    first.hold('voice Two.', never);
    first.hold('picture Two.', never);
    const crashing = workerWith(first);
    const hanging = crashing.onNotification('VIDEO');
    const answered = async () => (await attemptsOf(id)).filter((attempt) => attempt.endsWith('SETTLED'));
    await until('one voice and one picture are there', async () => (await answered()).length === 2, 20);
    expect(await attemptsOf(id)).toEqual(['picture 1 SENT', 'picture 1 SETTLED', 'voice 1 SENT', 'voice 1 SETTLED']);
    expect(await stagesOf(id)).toMatchObject({ SCRIPT: 'COMPLETED', SPEECH: 'RUNNING' });

    await crash(id);
    const second = new Calls();
    await workerWith(second).onNotification('VIDEO');
    expect(second.asked).toEqual([]);
    expect(await videoOf(id)).toMatchObject({ status: 'FAILED', error: { code: 'ANSWER_LOST', stage: 'SPEECH' } });
    crashing.check(id);
    await hanging;

    await videoServices.runs.retry(owner, id);
    const third = new Calls();
    await workerWith(third).onNotification('VIDEO');
    expect(third.asked.toSorted()).toEqual(['picture Two.', 'voice Two.']);
    expect(await attemptsOf(id)).toEqual([
      'picture 1 SETTLED',
      'picture 1 UNCERTAIN',
      'picture 2 SETTLED',
      'voice 1 SETTLED',
      'voice 1 UNCERTAIN',
      'voice 2 SETTLED',
    ]);
    expect(await stagesOf(id)).toMatchObject({ SPEECH: 'COMPLETED', VISUALS: 'COMPLETED' });
  });

  it('shows one stage after the other, with progress that never decreases', async () => {
    const id = await accepted();
    const calls = new Calls();
    calls.hold('voice One.', calls.comes('picture Two.'));
    calls.hold('picture One.', calls.comes('voice Two.'));
    await workerWith(calls).onNotification('VIDEO');
    const events = await eventsOf(id);
    const stages = events.flatMap(({ stage }) => stage ?? []);
    const order = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS'];
    expect(stages).toEqual(stages.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)));
    expect([...new Set(stages)]).toEqual(order);
    const progress = events.map((event) => event.progress);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
  });

  it('fails a video of which a picture is refused at the stage of the pictures, and keeps the narration', async () => {
    const id = await accepted();
    const calls = new Calls();
    calls.fail('picture One.', new AppError('OPENAI_CONTENT_REJECTED', 'It is not allowed.'));
    calls.hold('voice Two.', calls.comes('picture One.'));
    await workerWith(calls).onNotification('VIDEO');
    expect(await stagesOf(id)).toMatchObject({ SPEECH: 'COMPLETED', VISUALS: 'FAILED' });
    expect(await videoOf(id)).toMatchObject({
      status: 'FAILED',
      currentStage: 'VISUALS',
      error: { code: 'OPENAI_CONTENT_REJECTED', stage: 'VISUALS' },
    });
  });

  it('stops both when the video is canceled, and writes nothing afterwards', async () => {
    const id = await accepted();
    const calls = new Calls();
    for (const call of CALLS) calls.hold(call, never);
    const worker = workerWith(calls);
    const working = worker.onNotification('VIDEO');
    await Promise.all(CALLS.map((call) => calls.comes(call)));
    await videoServices.runs.cancel(owner, id);
    const before = (await eventsOf(id)).length;
    worker.check(id);
    await working;
    expect(calls.aborted.toSorted()).toEqual(CALLS);
    expect(await eventsOf(id)).toHaveLength(before);
    expect(await stagesOf(id)).toMatchObject({ SCRIPT: 'COMPLETED', SPEECH: 'PENDING' });
  });
});
