import { type RawBuilder, sql } from 'kysely';
import { compileStatement } from '../../db/compiled-statement.ts';
import { JobPriority, type QueueName, valuesOf } from '../../entities/enums.ts';
import { setStartedAt } from '../../services/videos/video-sql.ts';
import { JOB_TRANSITIONS, type JobTransitionName } from './job-transitions.ts';
import type { VideoClaim } from './lease.ts';

/** A waiting job is notified of again after 10 s, 20 s, … at most each 5 minutes: notifications get lost with Redis. */
const RENOTIFY_SECONDS = 10;
const MAX_RENOTIFY_SECONDS = 300;
/** Of each queue and priority. The jobs behind these cannot begin before them, and a worker claims whichever is first. */
const MAX_EXAMINED = 500;
const MAX_NOTIFIED = 500;
/** For how long other processes leave a notification to the one that sends it. */
const SENDING_SECONDS = 10;

/** Whether the job `jobs` is in a state from which the transition is allowed. */
export function allows(transition: JobTransitionName) {
  const states = JOB_TRANSITIONS[transition].from.filter((state) => state !== 'ABSENT');
  return sql<boolean>`jobs.status in (${sql.join(states.map((state) => sql.lit(state)))})`;
}

/** The jobs that `change` returns, with the notification of each written in the same statement. */
export function withNotification(change: RawBuilder<unknown>) {
  return sql<{ id: string }>`
    with changed as (${change} returning jobs.id, jobs.queue, jobs.rings)
    insert into outbox (queue, job_id, ring) select queue, id, rings from changed returning job_id as id`;
}

export const ENQUEUE = compileStatement('enqueue_job', (parameter) =>
  withNotification(sql`
    insert into jobs (id, queue, video_id, priority, trace_id, span_id)
    values (${parameter('jobId')}, 'VIDEO', ${parameter('videoId')}, ${parameter('priority')}, ${parameter('traceId')}, ${parameter('spanId')})`),
);

export const ENQUEUE_GENERATION = compileStatement('enqueue_generation', (parameter) =>
  withNotification(sql`
    insert into jobs (id, queue, generation_id, trace_id, span_id)
    values (${parameter('jobId')}, 'AI', ${parameter('generationId')}, ${parameter('traceId')}, ${parameter('spanId')})`),
);

/** A claim as its row: exactly one of the two ids is not null. */
export interface ClaimRow extends Omit<VideoClaim, 'videoId'> {
  readonly videoId: string | null;
  readonly generationId: string | null;
}

/** What makes a job wait for any worker, now. */
export const WAITS = sql`status = 'WAITING', worker_id = null, lease_expires_at = null, rings = jobs.rings + 1, rung_at = now()`;

/** A lease that expired before the server was back says nothing of its worker, which could not have renewed it. */
const WORKER_CRASHED = sql`status = 'ACTIVE' and lease_expires_at > pg_postmaster_start_time()`;

/**
 * A job whose lease has expired, else of the first of these priorities that has any waiting the one that could have begun
 * the longest. Each lookup is one step in an index, and the first that finds a job is the last: a claim takes as
 * long with 100,000 jobs waiting as with 10.
 */
export function claimNext(
  queue: QueueName,
  order: readonly JobPriority[],
  { workerId, leaseEnd }: { readonly workerId: string; readonly leaseEnd: RawBuilder<Date> },
) {
  return sql<ClaimRow>`
    with claimed as (
      update jobs set status = 'ACTIVE', fence = fence + 1, attempt = attempt + 1, deaths = deaths + (${WORKER_CRASHED})::int,
        worker_id = ${workerId}, lease_expires_at = ${leaseEnd}, claimed_at = now(), heartbeat_at = now()
      where id = coalesce(${firstWithExpiredLease(queue, order)}, ${sql.join(order.map((priority) => firstWaiting(queue, priority)))})
        and not exists (select 1 from queues where name = ${queue} and paused)
      returning id, video_id, generation_id, fence, priority, attempt, deaths, trace_id, span_id
    ), started as (${setStartedAt(sql`claimed`)})
    select id as "jobId", video_id as "videoId", generation_id as "generationId", fence, priority, attempt, deaths,
      trace_id as "traceId", span_id as "spanId" from claimed`;
}

/** It is claimed before others: its owner has seen it start. No more are ACTIVE than workers have slots. */
function firstWithExpiredLease(queue: QueueName, order: readonly JobPriority[]) {
  return sql`(
          select id from jobs
          where queue = ${queue} and status = 'ACTIVE' and available_at <= now() and lease_expires_at < now()
          order by array_position(${[...order]}::text[], priority::text), available_at, id limit 1 for update skip locked)`;
}

function firstWaiting(queue: QueueName, priority: JobPriority) {
  return sql`(
          select id from jobs
          where queue = ${queue} and priority = ${priority} and status = 'WAITING' and available_at <= now()
          order by available_at, id limit 1 for update skip locked)`;
}

const IS_DUE_FOR_NOTIFICATION = sql`(job.status = 'WAITING' and job.available_at <= now() and (job.rung_at < job.available_at or
  job.rung_at < now() - make_interval(secs =>
    least(${RENOTIFY_SECONDS} * power(2, least(job.rings, 10)), ${MAX_RENOTIFY_SECONDS}))))`;
const HAS_EXPIRED_LEASE = sql`(job.status = 'ACTIVE' and job.lease_expires_at < now() and job.rung_at < now() - interval '2 seconds')`;

/** Notifications for jobs whose last one may be lost, and for those whose lease has expired. */
export function notifyDue() {
  return sql`
    with seen as (
      select job.id from queues join jobs as job on job.queue = queues.name where not queues.paused and ${HAS_EXPIRED_LEASE}
      union all
      select job.id from queues cross join unnest(${[...valuesOf(JobPriority)]}::text[]) as turn (priority)
      cross join lateral (
        select * from jobs where queue = queues.name and priority = turn.priority and status = 'WAITING' and available_at <= now()
        order by available_at, id limit ${MAX_EXAMINED}
      ) as job
      where not queues.paused and ${IS_DUE_FOR_NOTIFICATION}
      limit ${MAX_NOTIFIED}
    ), due as (
      -- Checked again on the locked row: another sweeper or a worker may have changed it meanwhile.
      select job.id from seen cross join lateral (
        select id from jobs as job where id = seen.id and (${IS_DUE_FOR_NOTIFICATION} or ${HAS_EXPIRED_LEASE}) for update skip locked
      ) as job
    ), notified as (
      update jobs set rings = rings + 1, rung_at = now() where id = any(array(select id from due))
      returning id, queue, rings
    )
    insert into outbox (queue, job_id, ring) select queue, id, rings from notified returning id`;
}

/** Of everything in the queue that may begin, whenever its last notification was sent. */
export function notifyAll(queue: QueueName) {
  return withNotification(sql`
    update jobs set rings = jobs.rings + 1, rung_at = now() from (
      select id from jobs where queue = ${queue}
        and (status = 'WAITING' and available_at <= now() or status = 'ACTIVE' and lease_expires_at < now())
      for update skip locked
    ) as due where jobs.id = due.id`);
}

/** A notification that this process has taken from the outbox to send it. */
export interface TakenNotification {
  readonly id: number;
  readonly queue: QueueName;
  readonly jobId: string;
  /** The count of the job's notifications, which makes each of them unique. */
  readonly number: number;
}

/**
 * Gives the oldest notifications to one process, which sends them after this commit. It need not wait for the disk: where
 * a crash of the server undoes it they are sent twice, which does no harm.
 */
export function takeNotifications(limit: number) {
  return sql<TakenNotification>`/* take_notifications */
    update outbox set sending_until = now() + make_interval(secs => ${SENDING_SECONDS})
    where id = any(array(
      select id from outbox where sending_until is null or sending_until < now() order by id limit ${limit}
      for update skip locked))
    returning id, queue, job_id as "jobId", ring as number, set_config('synchronous_commit', 'off', true)`;
}

export function deleteNotifications(ids: readonly number[]) {
  // The subquery lets PostgreSQL plan it once, because it hides how many there are.
  return sql`/* delete_notifications */
    delete from outbox where id = any(array(select unnest(${[...ids]}::bigint[]))) returning set_config('synchronous_commit', 'off', true)`;
}

export function returnNotifications(ids: readonly number[]) {
  return sql`update outbox set sending_until = null where id = any(${[...ids]}::bigint[])`;
}
