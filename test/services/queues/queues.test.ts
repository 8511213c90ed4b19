import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { JobPriority, type QueueName, valuesOf } from '../../../src/entities/enums.ts';
import { Job } from '../../../src/entities/job.ts';
import { Video } from '../../../src/entities/video.ts';
import { AppError } from '../../../src/errors.ts';
import type { VideoLogChange } from '../../../src/events/redis/event-bus.ts';
import { JobStore } from '../../../src/jobs/queue/job-store.ts';
import { QueueService } from '../../../src/services/queues/queue.service.ts';
import { readQueueStats } from '../../../src/services/queues/queue-stats.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../../helpers/video-services.ts';

let db: Database;
let videoServices: ReturnType<typeof videoServicesOn>;
let queues: QueueService;
let owner: Viewer;
const announced: string[] = [];
let worked = 0;
beforeAll(async () => {
  db = await createTestDatabase();
  videoServices = videoServicesOn(db);
  const bus = { publish: ({ ownerId }: VideoLogChange) => void announced.push(ownerId) };
  queues = new QueueService({
    db,
    jobs: videoServices.jobs,
    runs: videoServices.runs,
    bus,
    retentionDays: 30,
    onWork: () => void worked++,
  });
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await ownerOn(db);
  for (const table of ['videos', 'workers', 'video_events']) await db.em().execute(`delete from ${table}`);
  await db.em().execute('update queues set paused = false');
  announced.length = 0;
  worked = 0;
});

const everyPriority = valuesOf(JobPriority);
const statsOf = async (name: QueueName) => (await queues.stats()).find((queue) => queue.name === name);
const jobOf = (videoId: string) => db.em().findOneOrFail(Job, { videoId });
const rings = async () =>
  Number((await sql<{ n: string }>`select count(*) as n from outbox`.execute(db.sql())).rows[0]?.n);

interface JobFacts {
  readonly queue?: QueueName;
  readonly status?: 'WAITING' | 'ACTIVE' | 'DONE' | 'FAILED' | 'CANCELED';
  readonly priority?: JobPriority;
  /** Seconds from now. */
  readonly available?: number;
  readonly finished?: number;
}

/** Videos with jobs in this state, written directly to the tables. */
async function put(count: number, facts: JobFacts = {}): Promise<void> {
  const { queue = 'VIDEO', status = 'WAITING', priority = 'NORMAL', available = 0, finished } = facts;
  await sql`
    with made as (
      insert into videos (id, owner_id, title, source, language, aspect_ratio, resolution, status)
      select gen_random_uuid(), ${owner.userId}, 'Bees', '{"kind":"script","text":"Bees."}', 'en', 'LANDSCAPE_16_9', 'SD_480',
        ${status === 'FAILED' ? 'FAILED' : 'PENDING'}
      from generate_series(1, ${count}) returning id
    )
    insert into jobs (id, queue, video_id, status, priority, available_at, finished_at, lease_expires_at)
    select gen_random_uuid(), ${queue}, id, ${status}, ${priority}, now() + make_interval(secs => ${available}),
      now() + make_interval(secs => ${finished ?? null}),
      case when ${status === 'ACTIVE'} then now() + interval '1 minute' end
    from made`.execute(db.sql());
}

/** A video whose run fails with this error. */
async function fail(viewer: Viewer, message = 'FFmpeg failed.'): Promise<string> {
  const { id } = await videoServices.accept(viewer);
  await videoServices
    .worker(async () => {
      throw new AppError('FFMPEG_FAILED', message);
    })
    .onNotification('VIDEO');
  return id;
}

describe('The queues', () => {
  it('are all listed, in their order, also while they have never had jobs', async () => {
    const stats = await queues.stats();
    expect(stats.map(({ name }) => name)).toEqual(['VIDEO', 'AI', 'SOCIAL', 'ANALYTICS']);
    expect(stats[1]).toEqual({
      name: 'AI',
      status: 'NORMAL',
      paused: false,
      waiting: 0,
      delayed: 0,
      active: 0,
      succeeded: 0,
      failed: 0,
      failureRate: null,
      throughputPerMinute: null,
      oldestWaitingSeconds: null,
      workers: 0,
      byPriority: [
        { priority: 'URGENT', waiting: 0 },
        { priority: 'NORMAL', waiting: 0 },
        { priority: 'LOW', waiting: 0 },
      ],
    });
  });

  it('count ended jobs of the retention period, for any RETENTION_JOBS_DAYS', async () => {
    const day = 86_400;
    for (const age of [0.5, 6, 8, 29, 31]) await put(1, { status: 'DONE', finished: -age * day });
    await put(1, { status: 'FAILED', finished: -6 * day });
    await put(1, { status: 'FAILED', finished: -8 * day });
    const counted = async (days: number) => {
      const [video] = await readQueueStats(db.sql(), days);
      return [video?.succeeded, video?.failed];
    };
    expect([await counted(1), await counted(7), await counted(30), await counted(40)]).toEqual([
      [1, 0],
      [2, 1],
      [4, 2],
      [5, 2],
    ]);
  });

  it('count waiting jobs by priority, and delayed, running and ended jobs separately', async () => {
    await put(2, { priority: 'URGENT', available: -90 });
    await put(3, { available: -5 });
    await put(1, { priority: 'LOW' });
    await put(4, { priority: 'LOW', available: 60 });
    await put(5, { status: 'ACTIVE' });
    await put(6, { status: 'DONE', finished: -60 });
    await put(2, { status: 'FAILED', finished: -60 });
    await put(9, { status: 'CANCELED', finished: -60 });
    await put(7, { queue: 'AI' });
    expect(await statsOf('VIDEO')).toMatchObject({
      waiting: 6,
      delayed: 4,
      active: 5,
      succeeded: 6,
      failed: 2,
      failureRate: 25,
      throughputPerMinute: 8 / 60,
      oldestWaitingSeconds: 90,
      byPriority: [
        { priority: 'URGENT', waiting: 2 },
        { priority: 'NORMAL', waiting: 3 },
        { priority: 'LOW', waiting: 1 },
      ],
    });
    expect(await statsOf('AI')).toMatchObject({ waiting: 7, delayed: 0, active: 0, succeeded: 0 });
  });

  it('take rates from the last hour and sums from the last 30 days', async () => {
    const [hour, month] = [3_600, 30 * 86_400];
    await put(1, { status: 'DONE', finished: -(hour - 60) });
    await put(1, { status: 'FAILED', finished: -(hour + 60) });
    await put(1, { status: 'DONE', finished: -(month - 60) });
    await put(1, { status: 'FAILED', finished: -(month + 60) });
    const facts = { succeeded: 2, failed: 1, failureRate: 0, throughputPerMinute: 1 / 60 };
    expect(await statsOf('VIDEO')).toMatchObject(facts);
  });

  it.each([
    [99, 'NORMAL'],
    [100, 'WARNING'],
    [499, 'WARNING'],
    [500, 'CRITICAL'],
  ] as const)('with %d waiting are %s', async (count, status) => {
    await put(count);
    await put(600, { available: 60 });
    expect(await statsOf('VIDEO')).toMatchObject({ waiting: count, status });
  });

  it('count the workers with a heartbeat in the last 20 seconds', async () => {
    for (const age of [0, 18, 22])
      await sql`insert into workers (id, hostname, pid, slots, heartbeat_at)
        values (${randomUUIDv7()}, 'here', 1, 1, now() - make_interval(secs => ${age}))`.execute(db.sql());
    expect((await queues.stats()).map(({ workers }) => workers)).toEqual([2, 2, 2, 2]);
  });
});

describe('Pausing a queue', () => {
  it('prevents jobs on all workers from beginning, and does not affect other queues', async () => {
    await put(1);
    await put(1, { queue: 'AI' });
    expect(await queues.pause('VIDEO')).toMatchObject({ name: 'VIDEO', paused: true, waiting: 1 });
    expect(await queues.pause('VIDEO')).toMatchObject({ paused: true });
    expect(await new JobStore(db, 30).claimNext('VIDEO', everyPriority, owner.userId)).toBeNull();
    expect(await new JobStore(db, 30).claimNext('AI', everyPriority, owner.userId)).not.toBeNull();
  });

  it('lets a running job end', async () => {
    const { id } = await videoServices.accept(owner);
    await videoServices.worker(async () => void (await queues.pause('VIDEO'))).onNotification('VIDEO');
    expect(await db.em().findOneOrFail(Video, { id })).toMatchObject({ status: 'COMPLETED' });
  });

  it('ends with resuming, which notifies at once for the jobs that can begin and no others', async () => {
    await put(3);
    await put(2, { available: 60 });
    await put(1, { status: 'ACTIVE' });
    await put(1, { status: 'DONE', finished: -1 });
    await put(1, { queue: 'AI' });
    await queues.pause('VIDEO');
    expect(await rings()).toBe(0);
    expect(await queues.resume('VIDEO')).toMatchObject({ paused: false, waiting: 3 });
    expect([await rings(), worked]).toEqual([3, 1]);
    expect(await new JobStore(db, 30).claimNext('VIDEO', everyPriority, owner.userId)).not.toBeNull();
  });

  it('uses new notification ids: bee-queue would ignore earlier ones', async () => {
    const { id } = await videoServices.accept(owner);
    await queues.pause('VIDEO');
    await queues.resume('VIDEO');
    const { rows } = await sql<{ ring: number }>`select ring from outbox order by id`.execute(db.sql());
    expect(rows.map(({ ring }) => ring)).toEqual([0, 1]);
    expect(await jobOf(id)).toMatchObject({ rings: 1 });
  });

  it('notifies for jobs that lost their worker meanwhile', async () => {
    await put(1, { status: 'ACTIVE' });
    await db.em().execute("update jobs set lease_expires_at = now() - interval '1 second'");
    await queues.resume('VIDEO');
    expect(await rings()).toBe(1);
  });
});

describe('Failed jobs', () => {
  it('are listed with their reason, the newest first, as many as requested', async () => {
    const first = await fail(owner, 'The first.');
    const second = await fail(owner, 'The second.');
    expect(await queues.failedJobs('VIDEO', 20)).toEqual([
      {
        id: (await jobOf(second)).id,
        videoId: second,
        queue: 'VIDEO',
        attempts: 1,
        errorCode: 'FFMPEG_FAILED',
        errorMessage: 'The second.',
        failedAt: expect.any(Date),
      },
      expect.objectContaining({ videoId: first }),
    ]);
    expect(await queues.failedJobs('VIDEO', 1)).toMatchObject([{ videoId: second }]);
    expect(await queues.failedJobs('AI', 20)).toEqual([]);
  });

  it('of deleted videos are neither listed, nor counted, nor run again', async () => {
    const id = await fail(owner);
    await videoServices.videos.remove(owner, id);
    expect(await queues.failedJobs('VIDEO', 20)).toEqual([]);
    expect(await statsOf('VIDEO')).toMatchObject({ failed: 0 });
    expect(await queues.retryFailed('VIDEO')).toEqual({ retried: 0, faults: [] });
  });

  it('all run again in new runs, and their owners’ streams receive the events', async () => {
    const other = await ownerOn(db);
    const ids = [await fail(owner), await fail(other)];
    await put(1, { queue: 'AI', status: 'FAILED', finished: -1 });
    expect(await queues.retryFailed('VIDEO')).toEqual({ retried: 2, faults: [] });
    for (const id of ids) {
      expect(await db.em().findOneOrFail(Video, { id })).toMatchObject({ status: 'PENDING', run: 2, error: null });
      expect(await jobOf(id)).toMatchObject({ status: 'WAITING', errorCode: null });
    }
    expect([announced, worked]).toEqual([[owner.userId, other.userId], 1]);
    expect(await statsOf('AI')).toMatchObject({ failed: 1 });
    expect(await queues.retryFailed('VIDEO')).toEqual({ retried: 0, faults: [] });
  });

  it('of an owner whose quota is used up stay, those of others run, and it is reported once', async () => {
    const other = await ownerOn(db);
    const ids = [await fail(owner), await fail(owner), await fail(other)];
    await sql`update ai_quotas set used = 49 where user_id = ${owner.userId} and period = 'DAILY'`.execute(db.sql());
    const { retried, faults } = await queues.retryFailed('VIDEO');
    expect(retried).toBe(2);
    expect(faults).toMatchObject([
      { code: 'QUOTA_EXCEEDED', message: expect.stringMatching(/^Not all videos of user_\w+ .*50 videos a day/) },
    ]);
    const statuses = await Promise.all(ids.map(async (id) => (await db.em().findOneOrFail(Video, { id })).status));
    expect(statuses).toEqual(['PENDING', 'FAILED', 'PENDING']);
    expect((await videoServices.quotas.quotasOf(owner.userId))[0]).toMatchObject({ reserved: 1 });
  });

  it('run once with two concurrent requests', async () => {
    const id = await fail(owner);
    const results = await Promise.all([queues.retryFailed('VIDEO'), queues.retryFailed('VIDEO')]);
    expect(results.map(({ retried }) => retried).toSorted()).toEqual([0, 1]);
    expect(await db.em().findOneOrFail(Video, { id })).toMatchObject({ run: 2 });
    expect((await videoServices.quotas.quotasOf(owner.userId))[0]).toMatchObject({ reserved: 1 });
  });

  it('that are cleared are no longer listed; the video stays failed, and its owner can run it again', async () => {
    const id = await fail(owner);
    expect([await queues.clearFailed('AI'), await queues.clearFailed('VIDEO')]).toEqual([0, 1]);
    expect(await queues.clearFailed('VIDEO')).toBe(0);
    expect(await queues.failedJobs('VIDEO', 20)).toEqual([]);
    expect(await statsOf('VIDEO')).toMatchObject({ failed: 0, failureRate: 100 });
    expect(await queues.retryFailed('VIDEO')).toEqual({ retried: 0, faults: [] });
    expect(await db.em().findOneOrFail(Video, { id })).toMatchObject({ status: 'FAILED' });
    expect(await videoServices.runs.retry(owner, id)).toMatchObject({ status: 'PENDING', run: 2 });
  });

  it('are listed again when they fail once more after having been cleared', async () => {
    const id = await fail(owner);
    await queues.clearFailed('VIDEO');
    await videoServices.runs.retry(owner, id);
    await videoServices
      .worker(async () => {
        throw new AppError('FFMPEG_FAILED', 'Again.');
      })
      .onNotification('VIDEO');
    expect(await queues.failedJobs('VIDEO', 20)).toMatchObject([{ videoId: id, errorMessage: 'Again.', attempts: 2 }]);
  });
});

describe('Durations of stages', () => {
  let seq = 0;
  const videoId = randomUUIDv7();

  /** Events of one video, `ago` seconds old: one of a stage each. */
  async function log(...events: readonly (readonly [ago: number, stage: string, status: string])[]): Promise<void> {
    for (const [ago, stage, status] of events)
      await sql`
        insert into video_events (owner_id, seq, video_id, run, status, stage, stage_status, progress, message, at)
        values (${owner.userId}, ${++seq}, ${videoId}, 1, 'PROCESSING', ${stage}, ${status}, 10, '-', now() - make_interval(secs => ${ago}))`.execute(
        db.sql(),
      );
  }

  it('are null for stages without attempts', async () => {
    const stages = await queues.stagePerformance(24);
    expect(stages.map(({ stage }) => stage)).toEqual([
      'SCRIPT',
      'SPEECH',
      'VISUALS',
      'CAPTIONS',
      'ASSEMBLY',
      'ANALYSIS',
    ]);
    const nothing = { runs: 0, averageSeconds: null, p50Seconds: null, p95Seconds: null, failureRate: null };
    expect(stages[0]).toEqual({ stage: 'SCRIPT', ...nothing });
  });

  it('are measured from the beginning of each attempt, for successful attempts', async () => {
    await log([100, 'SPEECH', 'RUNNING'], [99, 'SPEECH', 'RUNNING'], [95, 'SPEECH', 'RETRYING']);
    await log([50, 'SPEECH', 'RUNNING'], [45, 'SPEECH', 'RUNNING'], [40, 'SPEECH', 'COMPLETED']);
    await log(
      [38, 'SPEECH', 'RUNNING'],
      [30, 'SPEECH', 'PENDING'],
      [20, 'SPEECH', 'RUNNING'],
      [10, 'CAPTIONS', 'COMPLETED'],
      [0, 'SPEECH', 'COMPLETED'],
    );
    await log([15, 'VISUALS', 'RUNNING'], [10, 'VISUALS', 'FAILED']);
    const [, speech, visuals] = await queues.stagePerformance(24);
    expect(speech).toMatchObject({ runs: 3, failureRate: expect.closeTo(100 / 3) });
    expect(speech?.averageSeconds).toBeCloseTo(15, 1);
    expect(speech?.p50Seconds).toBeCloseTo(15, 1);
    expect(speech?.p95Seconds).toBeCloseTo(19.5, 1);
    expect(visuals).toEqual({
      stage: 'VISUALS',
      runs: 1,
      averageSeconds: null,
      p50Seconds: null,
      p95Seconds: null,
      failureRate: 100,
    });
  });

  it('exclude attempts that ended before', async () => {
    await log(
      [3_660, 'SCRIPT', 'RUNNING'],
      [3_610, 'SCRIPT', 'COMPLETED'],
      [3_605, 'SCRIPT', 'RUNNING'],
      [3_590, 'SCRIPT', 'COMPLETED'],
    );
    expect((await queues.stagePerformance(1))[0]).toMatchObject({ runs: 1, averageSeconds: expect.closeTo(15, 1) });
    expect((await queues.stagePerformance(2))[0]).toMatchObject({ runs: 2 });
  });
});
