import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { Video } from '../../../src/entities/video.ts';
import { JobStore } from '../../../src/jobs/queue/job-store.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { readQueueStats } from '../../../src/services/queues/queue-stats-sql.ts';
import { useQueues } from './queues-setup.ts';

const setup = useQueues();
const { everyPriority, statsOf, jobOf, rings, put } = setup;

describe('The queues', () => {
  it('are all listed, in their order, also while they have never had jobs', async () => {
    const stats = await setup.queues.stats();
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
      recentFailureRate: null,
      recentThroughputPerMinute: null,
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
      const [video] = await readQueueStats(setup.db.sql(), days);
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
      recentFailureRate: 25,
      recentThroughputPerMinute: 0.8,
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

  it('take recent rates from the last ten minutes', async () => {
    await put(1, { status: 'DONE', finished: -590 });
    await put(3, { status: 'FAILED', finished: -610 });
    const rates = { failureRate: 75, recentFailureRate: 0, recentThroughputPerMinute: 0.1 };
    expect(await statsOf('VIDEO')).toMatchObject(rates);
    await sql`update jobs set finished_at = now() - interval '11 minutes'`.execute(setup.db.sql());
    expect(await statsOf('VIDEO')).toMatchObject({ recentFailureRate: null, recentThroughputPerMinute: null });
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
        values (${randomUUIDv7()}, 'here', 1, 1, now() - make_interval(secs => ${age}))`.execute(setup.db.sql());
    expect((await setup.queues.stats()).map(({ workers }) => workers)).toEqual([2, 2, 2, 2]);
  });
});

describe('Pausing a queue', () => {
  it('prevents jobs on all workers from beginning, and does not affect other queues', async () => {
    await put(1);
    await put(1, { queue: 'AI' });
    expect(await setup.queues.pause(COMMAND_LINE, 'VIDEO')).toMatchObject({ name: 'VIDEO', paused: true, waiting: 1 });
    expect(await setup.queues.pause(COMMAND_LINE, 'VIDEO')).toMatchObject({ paused: true });
    expect(await new JobStore(setup.db, 30).claimNext('VIDEO', everyPriority, setup.owner.userId)).toBeNull();
    expect(await new JobStore(setup.db, 30).claimNext('AI', everyPriority, setup.owner.userId)).not.toBeNull();
  });

  it('lets a running job end', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    await setup.videoServices
      .worker(async () => void (await setup.queues.pause(COMMAND_LINE, 'VIDEO')))
      .onNotification('VIDEO');
    expect(await setup.db.em().findOneOrFail(Video, { id })).toMatchObject({ status: 'COMPLETED' });
  });

  it('ends with resuming, which notifies at once for the jobs that can begin and no others', async () => {
    await put(3);
    await put(2, { available: 60 });
    await put(1, { status: 'ACTIVE' });
    await put(1, { status: 'DONE', finished: -1 });
    await put(1, { queue: 'AI' });
    await setup.queues.pause(COMMAND_LINE, 'VIDEO');
    expect(await rings()).toBe(0);
    expect(await setup.queues.resume(COMMAND_LINE, 'VIDEO')).toMatchObject({ paused: false, waiting: 3 });
    expect([await rings(), setup.worked]).toEqual([3, 1]);
    expect(await new JobStore(setup.db, 30).claimNext('VIDEO', everyPriority, setup.owner.userId)).not.toBeNull();
  });

  it('uses new notification ids: bee-queue would ignore earlier ones', async () => {
    const { id } = await setup.videoServices.accept(setup.owner);
    await setup.queues.pause(COMMAND_LINE, 'VIDEO');
    await setup.queues.resume(COMMAND_LINE, 'VIDEO');
    const { rows } = await sql<{ ring: number }>`select ring from outbox order by id`.execute(setup.db.sql());
    expect(rows.map(({ ring }) => ring)).toEqual([0, 1]);
    expect(await jobOf(id)).toMatchObject({ rings: 1 });
  });

  it('notifies for jobs that lost their worker meanwhile', async () => {
    await put(1, { status: 'ACTIVE' });
    await setup.db.em().execute("update jobs set lease_expires_at = now() - interval '1 second'");
    await setup.queues.resume(COMMAND_LINE, 'VIDEO');
    expect(await rings()).toBe(1);
  });
});

describe('Durations of stages', () => {
  /** Attempts of one video that began and ended so many seconds ago. */
  async function attempts(
    ...rows: readonly (readonly [begun: number, ended: number, stage: string, status: string])[]
  ) {
    const { id } = await setup.videoServices.accept(setup.owner);
    for (const [index, [begun, ended, stage, status]] of rows.entries())
      await sql`
        insert into video_processing_history (video_id, number, run, stage, attempt, status, started_at, ended_at)
        values (${id}, ${index + 1}, 1, ${stage}, 1, ${status}, now() - make_interval(secs => ${begun}), now() - make_interval(secs => ${ended}))`.execute(
        setup.db.sql(),
      );
  }

  it('are null for stages without attempts', async () => {
    const stages = await setup.queues.stagePerformance(24);
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
    await attempts([100, 95, 'SPEECH', 'FAILED'], [50, 40, 'SPEECH', 'COMPLETED'], [20, 0, 'SPEECH', 'COMPLETED']);
    await attempts([15, 10, 'VISUALS', 'FAILED']);
    const [, speech, visuals] = await setup.queues.stagePerformance(24);
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

  it('exclude attempts that ended before, and those that were taken from their workers', async () => {
    await attempts(
      [3_660, 3_610, 'SCRIPT', 'COMPLETED'],
      [3_605, 3_590, 'SCRIPT', 'COMPLETED'],
      [80, 10, 'SCRIPT', 'ABORTED'],
    );
    expect((await setup.queues.stagePerformance(1))[0]).toMatchObject({
      runs: 1,
      averageSeconds: expect.closeTo(15, 1),
      failureRate: 0,
    });
    expect((await setup.queues.stagePerformance(2))[0]).toMatchObject({ runs: 2 });
  });
});
