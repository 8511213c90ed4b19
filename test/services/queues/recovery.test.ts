import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { Job } from '../../../src/entities/job.ts';
import { Video } from '../../../src/entities/video.ts';
import { VideoEvent } from '../../../src/entities/video-event.ts';
import { VideoStage } from '../../../src/entities/video-stage.ts';
import { JobStore } from '../../../src/jobs/queue/job-store.ts';
import type { Claim } from '../../../src/jobs/queue/lease.ts';
import { StuckVideoRecovery } from '../../../src/jobs/tasks/recover-stuck-videos.ts';
import { LeasedStageStore } from '../../../src/jobs/worker/leased-stage-store.ts';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { RecoveryService } from '../../../src/services/queues/recovery.service.ts';
import { RECLAIMED_MESSAGE } from '../../../src/services/videos/video-store.ts';
import { faultsOf } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { busWithoutRedis } from '../../helpers/job-fixture.ts';
import { until } from '../../helpers/until.ts';
import { ownerOn, videoServicesOn } from '../../helpers/video-services.ts';

const HOUR = 3_600;
let db: Database;
let videoServices: ReturnType<typeof videoServicesOn>;
let recovery: RecoveryService;
let jobs: JobStore;
let owner: Viewer;
const announced: string[] = [];
const stopped: string[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  videoServices = videoServicesOn(db);
  jobs = new JobStore(db, 30);
  recovery = new RecoveryService({
    db,
    jobs,
    bus: { publish: ({ videoId }) => void announced.push(videoId) },
    onWork: () => undefined,
    onStopped: (id) => void stopped.push(id),
  });
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await ownerOn(db);
  await db.em().execute('delete from videos');
  announced.length = 0;
  stopped.length = 0;
});

const videoOf = (id: string) => db.em().findOneOrFail(Video, { id });
const jobOf = (videoId: string) => db.em().findOneOrFail(Job, { videoId });
const stageOf = (videoId: string, stage: 'SCRIPT' | 'SPEECH') => db.em().findOneOrFail(VideoStage, { videoId, stage });
const eventsOf = (videoId: string) => db.em().find(VideoEvent, { videoId }, { orderBy: { seq: 'asc' } });
const stageStoreOf = (claim: Claim) =>
  new LeasedStageStore({ db, jobs, bus: busWithoutRedis(), claim, maxAttempts: 4 });
const idsOf = (videos: readonly { readonly videoId: string }[]) => videos.map(({ videoId }) => videoId);

/** A video that a worker has claimed: its script is finished, its speech is running. Returns the claim for later writes of the worker. */
async function inProgress(): Promise<{ id: string; claim: Claim }> {
  const { id } = await videoServices.accept(owner);
  // Jobs whose workers crashed would be claimed first: they are delayed meanwhile.
  await db.em().execute("update jobs set queue = 'AI' where video_id <> ?", [id]);
  const claim = await jobs.claimNext('VIDEO', ['NORMAL'], randomUUIDv7());
  await db.em().execute("update jobs set queue = 'VIDEO'");
  if (claim?.videoId !== id) throw new Error('The video could not be claimed.');
  const stageStore = stageStoreOf(claim);
  await stageStore.begin(
    { stage: 'SCRIPT', stageStatus: 'RUNNING', stageProgress: 0, progress: 10, message: 'Writing.' },
    'local',
  );
  await stageStore.complete(
    { stage: 'SCRIPT', stageStatus: 'COMPLETED', stageProgress: 100, progress: 30, message: 'Written.' },
    { inputHash: 'x'.repeat(64), output: {} },
    {},
  );
  await stageStore.begin(
    { stage: 'SPEECH', stageStatus: 'RUNNING', stageProgress: 0, progress: 30, message: 'Speaking.' },
    'local',
  );
  return { id, claim };
}

/** As if the last progress, the claim or the end of the lease were this many seconds ago. */
async function age(videoId: string, { progress, claim, lease }: { progress?: number; claim?: number; lease?: number }) {
  if (progress !== undefined)
    await sql`update video_events set at = now() - make_interval(secs => ${progress}) where video_id = ${videoId}`.execute(
      db.sql(),
    );
  if (claim !== undefined)
    await sql`update jobs set claimed_at = now() - make_interval(secs => ${claim}) where video_id = ${videoId}`.execute(
      db.sql(),
    );
  if (lease !== undefined)
    await sql`update jobs set lease_expires_at = now() - make_interval(secs => ${lease}) where video_id = ${videoId}`.execute(
      db.sql(),
    );
}

const hung = async () => {
  const made = await inProgress();
  await age(made.id, { progress: 2 * HOUR, claim: 2 * HOUR });
  return made;
};
const dead = async () => {
  const made = await inProgress();
  await age(made.id, { lease: 2 * HOUR });
  return made;
};

describe('A video is stuck', () => {
  it('where its worker has sent no heartbeat for longer than the age, and not for shorter', async () => {
    const { id } = await inProgress();
    await age(id, { lease: HOUR + 5 });
    expect(await recovery.stuck(HOUR)).toMatchObject([
      { videoId: id, ownerId: owner.userId, stage: 'SPEECH', progress: 30, lastHeartbeatAt: expect.any(Date) },
    ]);
    expect((await recovery.stuck(HOUR))[0]?.stuckSeconds).toBe(HOUR + 5);
    await age(id, { lease: HOUR - 5 });
    expect(await recovery.stuck(HOUR)).toEqual([]);
  });

  it('where there was no progress for longer although its worker is alive, and not for shorter', async () => {
    const { id } = await inProgress();
    await age(id, { progress: HOUR + 5, claim: 3 * HOUR });
    expect(await recovery.stuck(HOUR)).toMatchObject([{ videoId: id, stuckSeconds: HOUR + 5 }]);
    await age(id, { progress: HOUR - 5 });
    expect(await recovery.stuck(HOUR)).toEqual([]);
  });

  it('not where it waited long and was claimed just now', async () => {
    const { id } = await inProgress();
    await age(id, { progress: 5 * HOUR, claim: 1 });
    expect(await recovery.stuck(HOUR)).toEqual([]);
  });

  it('where no worker has its job any more', async () => {
    const { id } = await inProgress();
    await db.em().execute('delete from jobs');
    await age(id, { progress: 2 * HOUR });
    expect(await recovery.stuck(HOUR)).toMatchObject([{ videoId: id, lastHeartbeatAt: null }]);
  });

  it('not while it waits for a worker or for its next attempt, has ended, or is deleted', async () => {
    const waiting = await inProgress();
    await jobs.release(waiting.claim);
    await age(waiting.id, { progress: 2 * HOUR, claim: 2 * HOUR });
    const ended = await hung();
    await videoServices.runs.cancel(owner, ended.id);
    await age(ended.id, { progress: 2 * HOUR });
    const deleted = await hung();
    await db.em().execute('update videos set deleted_at = now() where id = ?', [deleted.id]);
    await videoServices.accept(owner);
    expect(await recovery.stuck(HOUR)).toEqual([]);
  });

  it('with the time of the last heartbeat of its worker', async () => {
    const { id, claim } = await inProgress();
    await db.em().execute("update jobs set heartbeat_at = now() - interval '1 hour'");
    await jobs.renew(claim);
    const [stuck] = await recovery.stuck(0);
    expect(stuck).toMatchObject({ videoId: id });
    expect(Date.now() - (stuck?.lastHeartbeatAt?.getTime() ?? 0)).toBeLessThan(60_000);
  });

  it('and the longest is listed first', async () => {
    const one = await hung();
    const other = await inProgress();
    await age(other.id, { lease: 3 * HOUR });
    expect(idsOf(await recovery.stuck(HOUR))).toEqual([other.id, one.id]);
  });
});

describe('Recovering a video', () => {
  it.each([
    ['a crashed worker', dead],
    ['a worker that hangs', hung],
  ])('from %s makes it wait again in the same run, with its finished stages', async (_from, make) => {
    const { id, claim } = await make();
    const healthy = await inProgress();
    await db.em().execute('delete from outbox');
    expect(idsOf(await recovery.recover({ olderThanSeconds: HOUR }))).toEqual([id]);

    expect(await jobOf(id)).toMatchObject({
      status: 'WAITING',
      fence: claim.fence + 1,
      workerId: null,
      leaseExpiresAt: null,
      deaths: 1,
      rings: 1,
    });
    expect(await videoOf(id)).toMatchObject({ status: 'PROCESSING', run: 1, progress: 30, currentStage: 'SPEECH' });
    expect(await stageOf(id, 'SCRIPT')).toMatchObject({ status: 'COMPLETED', inputHash: 'x'.repeat(64) });
    expect(await stageOf(id, 'SPEECH')).toMatchObject({ status: 'PENDING', progress: 0 });
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      status: 'PROCESSING',
      run: 1,
      progress: 30,
      stage: 'SPEECH',
      stageStatus: 'PENDING',
      message: RECLAIMED_MESSAGE,
    });
    expect((await sql`select ring from outbox`.execute(db.sql())).rows).toEqual([{ ring: 1 }]);
    expect([announced, stopped]).toEqual([[id], [id]]);
    expect(await jobOf(healthy.id)).toMatchObject({ status: 'ACTIVE', fence: healthy.claim.fence });
    expect(await recovery.recover({ olderThanSeconds: HOUR })).toEqual([]);
  });

  it('lets another worker finish it', async () => {
    const { id } = await hung();
    await recovery.recover({ olderThanSeconds: HOUR });
    const checkpoints: unknown[] = [];
    await videoServices
      .worker(async (_videoSpec, stageStore) => void checkpoints.push(await stageStore.checkpoint('SCRIPT')))
      .onNotification('VIDEO');
    expect(checkpoints).toMatchObject([{ inputHash: 'x'.repeat(64) }]);
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED', run: 1 });
  });

  it('refuses all later writes of the previous worker', async () => {
    const { id, claim } = await hung();
    await recovery.recover({ olderThanSeconds: HOUR });
    const before = (await eventsOf(id)).length;
    const late = {
      stage: 'SPEECH',
      stageStatus: 'RUNNING',
      stageProgress: 50,
      progress: 40,
      message: 'Late.',
    } as const;
    await expect(stageStoreOf(claim).report(late, {})).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await expect(
      stageStoreOf(claim).complete(
        { ...late, stageStatus: 'COMPLETED' },
        { inputHash: 'y'.repeat(64), output: {} },
        {},
      ),
    ).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await jobs.renew(claim)).toBe(false);
    await jobs.release(claim);
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING', rings: 1 });
    expect(await eventsOf(id)).toHaveLength(before);
  });

  it('creates a job for a video without one', async () => {
    const { id } = await inProgress();
    await db.em().execute('delete from jobs');
    await age(id, { progress: 2 * HOUR });
    expect(idsOf(await recovery.recover({ olderThanSeconds: HOUR }))).toEqual([id]);
    await videoServices.worker(async () => undefined).onNotification('VIDEO');
    expect(await videoOf(id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is limited to the given ids, where there are any', async () => {
    const [one, other] = [await hung(), await dead()];
    const healthy = await inProgress();
    const request = { olderThanSeconds: HOUR, videoIds: [other.id, healthy.id] };
    expect(idsOf(await recovery.recover(request))).toEqual([other.id]);
    expect(await recovery.recover({ olderThanSeconds: HOUR, videoIds: [] })).toEqual([]);
    expect(await jobOf(one.id)).toMatchObject({ status: 'ACTIVE' });
  });

  it('changes nothing in a dry run, which returns the same videos', async () => {
    const { id } = await hung();
    const rows = async () =>
      JSON.stringify([await videoOf(id), await jobOf(id), await stageOf(id, 'SPEECH'), await eventsOf(id)]);
    const before = await rows();
    expect(idsOf(await recovery.recover({ olderThanSeconds: HOUR, dryRun: true }))).toEqual([id]);
    expect(await rows()).toBe(before);
    expect([announced, stopped]).toEqual([[], []]);
  });

  it('happens once with many concurrent requests', async () => {
    const videos = [await hung(), await dead(), await hung()];
    const tries = await Promise.all(Array.from({ length: 4 }, () => recovery.recover({ olderThanSeconds: HOUR })));
    expect(idsOf(tries.flat()).toSorted()).toEqual(videos.map(({ id }) => id).toSorted());
    for (const { id, claim } of videos) {
      expect(await jobOf(id)).toMatchObject({ fence: claim.fence + 1, deaths: 1 });
      expect((await eventsOf(id)).filter(({ message }) => message === RECLAIMED_MESSAGE)).toHaveLength(1);
    }
  });

  it('skips a video that is locked by a writer', async () => {
    const [locked, other] = [await hung(), await dead()];
    await db.transaction(async (em) => {
      await em.execute('select 1 from jobs where video_id = ? for update', [locked.id]);
      expect(idsOf(await recovery.recover({ olderThanSeconds: HOUR }))).toEqual([other.id]);
    });
  });

  it('skips a video that makes progress at the last moment', async () => {
    const { id, claim } = await hung();
    const { recovering } = await db.transaction(async (em) => {
      await em.execute('select 1 from jobs where video_id = ? for update', [id]);
      const recovering = recovery.recover({ olderThanSeconds: HOUR });
      await until('a session waits for the job', async () => {
        const { rows } = await sql`
          select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          db.sql(),
        );
        return rows.length > 0;
      });
      await em.execute('update video_events set at = clock_timestamp() where video_id = ?', [id]);
      return { recovering };
    });
    expect(await recovering).toEqual([]);
    expect(await jobOf(id)).toMatchObject({ status: 'ACTIVE', fence: claim.fence });
  });

  it('counts as a crash: a job that blocks two workers is quarantined, with its last progress message', async () => {
    const { id } = await hung();
    await recovery.recover({ olderThanSeconds: HOUR });
    await jobs.claimNext('VIDEO', ['NORMAL'], randomUUIDv7());
    await age(id, { progress: 2 * HOUR, claim: 2 * HOUR });
    await recovery.recover({ olderThanSeconds: HOUR });
    await videoServices.worker(async () => undefined).onNotification('VIDEO');
    const error = { code: 'WORKER_DOWN', message: expect.stringContaining('Last words: “Speaking.”') };
    expect(await videoOf(id)).toMatchObject({ status: 'FAILED', error });
  });

  it('accepts an age of 0 and none below', async () => {
    const { id } = await hung();
    expect(idsOf(await recovery.recover({ olderThanSeconds: 0, dryRun: true }))).toEqual([id]);
    expect(await faultsOf(recovery.recover({ olderThanSeconds: -1 }))).toEqual([['INVALID', 'olderThanSeconds']]);
  });
});

describe('The periodic task', () => {
  it('recovers videos that are stuck for longer than the setting, and logs it', async () => {
    const { id } = await hung();
    const log: unknown[] = [];
    const logger = createLogger({ level: 'info', destination: { write: (line) => log.push(JSON.parse(line)) } });
    const task = (olderThanSeconds: number) => new StuckVideoRecovery({ recovery, logger, olderThanSeconds });
    const { signal } = new AbortController();
    expect(await task(10 * HOUR).recover(signal)).toEqual([]);
    expect(log).toEqual([]);
    expect(idsOf(await task(HOUR).recover(signal))).toEqual([id]);
    expect(log).toEqual([expect.objectContaining({ level: 'WARNING', video_id: id })]);
  });

  it('ends between two videos when it is stopped', async () => {
    await hung();
    await hung();
    expect(await recovery.recover({ olderThanSeconds: HOUR, signal: AbortSignal.abort() })).toEqual([]);
    expect(await recovery.recover({ olderThanSeconds: HOUR })).toHaveLength(2);
  });
});
