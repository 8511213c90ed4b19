import { sql } from 'kysely';
import { z } from 'zod';
import type { Sql } from '../../db/orm.ts';
import { JobPriority, QueueName, valuesOf } from '../../entities/enums.ts';

/** How full a queue is, by the jobs that wait in it. */
const queueStatus = z.enum(['NORMAL', 'WARNING', 'CRITICAL']);
export type QueueStatus = z.infer<typeof queueStatus>;

export const queueFacts = z.object({
  name: z.enum(QueueName),
  status: queueStatus,
  paused: z.boolean(),
  /** Jobs that may begin now, and those that may start later. */
  waiting: z.number(),
  delayed: z.number(),
  active: z.number(),
  /** Jobs that ended within the retention; failures that were cleared are left out. */
  succeeded: z.number(),
  failed: z.number(),
  /** Of the last hour, in percent and in jobs that ended a minute; null while none did. */
  failureRate: z.number().nullable(),
  throughputPerMinute: z.number().nullable(),
  /** The same of the last ten minutes. */
  recentFailureRate: z.number().nullable(),
  recentThroughputPerMinute: z.number().nullable(),
  /** How long the one that waits longest could have begun; null where none waits. */
  oldestWaitingSeconds: z.number().nullable(),
  /** Worker processes alive. */
  workers: z.number(),
  /** All priorities, the most urgent first. */
  byPriority: z.array(z.object({ priority: z.enum(JobPriority), waiting: z.number() })).readonly(),
});
export type QueueFacts = z.infer<typeof queueFacts>;

const WARNING_FROM = 100;
const CRITICAL_FROM = 500;
/** Workers record that they are alive every 5 s. */
const WORKER_TIMEOUT_SECONDS = 20;

interface Row {
  readonly name: QueueName;
  readonly paused: boolean;
  readonly urgent: number;
  readonly normal: number;
  readonly low: number;
  readonly delayed: number;
  readonly active: number;
  readonly oldest: number | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly done_lately: number;
  readonly failed_lately: number;
  readonly done_recently: number;
  readonly failed_recently: number;
  readonly workers: number;
}

/** Failures that operators are still shown, without those of deleted videos. */
export const VISIBLE_FAILURES = sql<boolean>`jobs.status = 'FAILED' and jobs.cleared_at is null
  and (jobs.video_id is null or exists (select 1 from videos where videos.id = jobs.video_id and videos.deleted_at is null))`;

/**
 * The current state of every queue, in one statement; ended jobs count for `retentionDays`, as long as they are kept. Waiting and
 * successful jobs are counted with indexes alone, because there may be many.
 */
export async function readQueueStats(db: Sql, retentionDays: number): Promise<QueueFacts[]> {
  const retained = sql<boolean>`finished_at > now() - make_interval(days => ${retentionDays})`;
  const { rows } = await sql<Row>`
    select queues.name, queues.paused, coalesce(urgent, 0) as urgent, coalesce(normal, 0) as normal,
      coalesce(low, 0) as low, coalesce(delayed, 0) as delayed, oldest, running.*, done.*, failures.*,
      (select count(*)::int from workers
        where heartbeat_at > now() - make_interval(secs => ${WORKER_TIMEOUT_SECONDS})) as workers
    from queues
    left join (
      select queue, count(*) filter (where due and priority = 'URGENT')::int as urgent,
        count(*) filter (where due and priority = 'NORMAL')::int as normal,
        count(*) filter (where due and priority = 'LOW')::int as low,
        count(*) filter (where not due)::int as delayed,
        extract(epoch from now() - min(available_at) filter (where due))::float8 as oldest
      from (select queue, priority, available_at, available_at <= now() as due from jobs where status = 'WAITING') as job
      group by queue
    ) as waiting on waiting.queue = queues.name
    cross join lateral (
      select count(*)::int as active from jobs where queue = queues.name and status = 'ACTIVE'
    ) as running
    cross join lateral (
      select count(*)::int as succeeded,
        count(*) filter (where finished_at > now() - interval '1 hour')::int as done_lately,
        count(*) filter (where finished_at > now() - interval '10 minutes')::int as done_recently
      from jobs where queue = queues.name and status = 'DONE' and ${retained}
    ) as done
    cross join lateral (
      select count(*) filter (where ${VISIBLE_FAILURES})::int as failed,
        count(*) filter (where finished_at > now() - interval '1 hour')::int as failed_lately,
        count(*) filter (where finished_at > now() - interval '10 minutes')::int as failed_recently
      from jobs where queue = queues.name and status = 'FAILED' and ${retained}
    ) as failures
    order by array_position(${[...valuesOf(QueueName)]}::text[], queues.name::text)`.execute(db);
  return rows.map(factsOf);
}

function factsOf(row: Row): QueueFacts {
  const waits: Readonly<Record<JobPriority, number>> = { URGENT: row.urgent, NORMAL: row.normal, LOW: row.low };
  const waiting = row.urgent + row.normal + row.low;
  const ended = row.done_lately + row.failed_lately;
  const endedRecently = row.done_recently + row.failed_recently;
  return {
    name: row.name,
    status: waiting >= CRITICAL_FROM ? 'CRITICAL' : waiting >= WARNING_FROM ? 'WARNING' : 'NORMAL',
    paused: row.paused,
    waiting,
    delayed: row.delayed,
    active: row.active,
    succeeded: row.succeeded,
    failed: row.failed,
    failureRate: ended === 0 ? null : (100 * row.failed_lately) / ended,
    throughputPerMinute: ended === 0 ? null : ended / 60,
    recentFailureRate: endedRecently === 0 ? null : (100 * row.failed_recently) / endedRecently,
    recentThroughputPerMinute: endedRecently === 0 ? null : endedRecently / 10,
    oldestWaitingSeconds: row.oldest === null ? null : Math.floor(row.oldest),
    workers: row.workers,
    byPriority: valuesOf(JobPriority).map((priority) => ({ priority, waiting: waits[priority] })),
  };
}
