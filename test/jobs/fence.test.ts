import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { Job } from '../../src/entities/job.ts';
import { AppError } from '../../src/errors.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import type { VideoClaim } from '../../src/jobs/queue/lease.ts';
import { Heartbeat } from '../../src/jobs/worker/heartbeat.ts';
import { LeasedStageStore } from '../../src/jobs/worker/leased-stage-store.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { busWithoutRedis, jobFixtureOn, jobRow } from '../helpers/job-fixture.ts';
import { until } from '../helpers/until.ts';
import { ownerOn } from '../helpers/video-services.ts';

let db: Database;
let ann: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  ann = await ownerOn(db);
});
afterAll(() => db.close());

const STEP = { stage: 'SCRIPT', progress: 10, stageProgress: 0, message: 'Working.' } as const;
const stageStoreOf = (claim: VideoClaim) =>
  new LeasedStageStore({ db, jobs: new JobStore(db, 30), bus: busWithoutRedis(), claim, maxAttempts: 4 });
const endLease = (jobId: string) =>
  sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${jobId}`.execute(db.sql());

const leaseEnd = async (jobId: string) =>
  (await db.em().findOneOrFail(Job, { id: jobId })).leaseExpiresAt?.getTime() ?? 0;

/** All data of a video that a worker could change. */
async function stateOf(videoId: string): Promise<unknown> {
  const of = (table: 'video_stages' | 'video_events' | 'scenes') =>
    db.sql().selectFrom(table).selectAll().where('video_id', '=', videoId).execute();
  const video = await db.sql().selectFrom('videos').selectAll().where('id', '=', videoId).executeTakeFirstOrThrow();
  return [video, await of('video_stages'), await of('video_events'), await of('scenes')];
}

describe('A worker whose lease was taken over', () => {
  it('can no longer write anything', async () => {
    const fixture = jobFixtureOn(db);
    const { video, jobId } = await fixture.order(ann);
    const staleClaim = await fixture.claim(jobId);
    await stageStoreOf(staleClaim).begin({ ...STEP, stageStatus: 'RUNNING' }, 'local');
    await endLease(jobId);
    const newClaim = await fixture.claim(jobId);
    expect(newClaim.fence).toBeGreaterThan(staleClaim.fence);
    const before = [await stateOf(video.id), await jobRow(db, jobId)];

    const stageStore = stageStoreOf(staleClaim);
    const facts = {
      title: 'Stolen',
      script: 'Stolen.',
      scenes: [{ id: crypto.randomUUID(), narration: 'Stolen.', visualPrompt: '-' }],
    };
    const output = { inputHash: 'x'.repeat(64), output: {} };
    const tries = [
      () => stageStore.begin({ ...STEP, stageStatus: 'RUNNING' }, 'local'),
      () => stageStore.report({ ...STEP, stageStatus: 'RUNNING' }, facts),
      () => stageStore.note(facts),
      () => stageStore.complete({ ...STEP, stageStatus: 'COMPLETED' }, output, facts),
      () => fixture.outcomes.complete(staleClaim),
      () => fixture.outcomes.fail(staleClaim, new AppError('FFMPEG_FAILED', 'It failed.'), 'trace'),
    ];
    for (const work of tries) await expect(work()).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await fixture.jobs.release(staleClaim);
    expect(await fixture.jobs.renew(staleClaim)).toBe(false);
    expect([await stateOf(video.id), await jobRow(db, jobId)]).toEqual(before);

    await stageStoreOf(newClaim).complete({ ...STEP, stageStatus: 'COMPLETED' }, output, { title: 'Mine' });
    expect(await stageStoreOf(newClaim).checkpoint('SCRIPT')).toEqual(output);
  });

  it('cannot write after its video was deleted either', async () => {
    const fixture = jobFixtureOn(db);
    const { video, jobId } = await fixture.order(ann);
    const claim = await fixture.claim(jobId);
    await fixture.videos.remove(ann, video.id);
    await expect(stageStoreOf(claim).begin({ ...STEP, stageStatus: 'RUNNING' }, 'local')).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    await expect(fixture.outcomes.complete(claim)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(fixture.stopped).toEqual([video.id]);
  });
});

describe('A heartbeat', () => {
  it('keeps a lease alive for longer than it lasts', async () => {
    // Long enough for a busy machine, on which a query may take a second.
    const leaseSeconds = 3;
    const fixture = jobFixtureOn(db, { leaseSeconds });
    const { jobId } = await fixture.order(ann);
    const claim = await fixture.claim(jobId);
    const heartbeat = new Heartbeat(fixture.jobs, claim);
    const first = await leaseEnd(jobId);
    await until('the first lease is over', async () => (await leaseEnd(jobId)) > first + 1_000 * leaseSeconds);
    heartbeat.stop();
    expect(heartbeat.signal.aborted).toBe(false);
  });

  it('aborts the work when another worker has taken the job', async () => {
    const fixture = jobFixtureOn(db, { leaseSeconds: 0.3 });
    const { jobId } = await fixture.order(ann);
    const claim = await fixture.claim(jobId);
    const heartbeat = new Heartbeat(fixture.jobs, claim);
    await sql`update jobs set fence = fence + 1 where id = ${jobId}`.execute(db.sql());
    await until('the loss is detected', () => heartbeat.signal.aborted);
    expect(heartbeat.signal.reason).toMatchObject({ code: 'LEASE_LOST' });
  });

  it('checks at once on request', async () => {
    const fixture = jobFixtureOn(db, { leaseSeconds: 600 });
    const { video, jobId } = await fixture.order(ann);
    const heartbeat = new Heartbeat(fixture.jobs, await fixture.claim(jobId));
    await fixture.videos.remove(ann, video.id);
    heartbeat.check();
    await until('the loss is detected', () => heartbeat.signal.aborted);
    expect(heartbeat.signal.reason).toMatchObject({ code: 'LEASE_LOST' });
  });

  it('reports nothing after it was stopped', async () => {
    const fixture = jobFixtureOn(db, { leaseSeconds: 0.1 });
    const { jobId } = await fixture.order(ann);
    const heartbeat = new Heartbeat(fixture.jobs, await fixture.claim(jobId));
    heartbeat.stop();
    await endLease(jobId);
    const newClaim = await fixture.claim(jobId);
    heartbeat.check();
    expect(await fixture.jobs.renew(newClaim)).toBe(true);
    expect(heartbeat.signal.aborted).toBe(false);
  });
});
