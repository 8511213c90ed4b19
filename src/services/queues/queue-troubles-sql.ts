import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { QueueName } from '../../entities/enums.ts';
import { VISIBLE_FAILURES } from './queue-stats-sql.ts';

/** Jobs of a queue that failed and wait for their next attempt. */
export interface DelayedJobs {
  readonly queue: QueueName;
  readonly jobs: number;
  /** Of the first of them, and how long until then, on the clock of the database. */
  readonly nextAt: Date;
  readonly inSeconds: number;
  /** Of the last attempt of that one; null where it was delayed without an error. */
  readonly errorCode: string | null;
}

export async function readDelayedJobs(db: Sql): Promise<DelayedJobs[]> {
  const { rows } = await sql<DelayedJobs>`
    select distinct on (queue) queue, (count(*) over (partition by queue))::int as jobs, available_at as "nextAt",
      ceil(extract(epoch from available_at - now()))::int as "inSeconds", error_code as "errorCode"
    from jobs where status = 'WAITING' and available_at > now()
    order by queue, available_at, id`.execute(db);
  return rows;
}

/** Why a queue is paused. */
export interface QueuePause {
  readonly queue: QueueName;
  readonly pausedSeconds: number;
  /** How long the oldest waiting job has been held back by the pause; null where none waits. */
  readonly heldBackSeconds: number | null;
  readonly pausedAt: Date;
  /** The user name, or "the command line"; null where the audit log does not say it. */
  readonly by: string | null;
}

/** Those that are paused. */
export async function readPauses(db: Sql): Promise<QueuePause[]> {
  const { rows } = await sql<QueuePause>`
    select queues.name as queue, queues.changed_at as "pausedAt", floor(extract(epoch from now() - queues.changed_at))::int as "pausedSeconds",
      case when waiting.oldest is not null
        then floor(extract(epoch from now() - greatest(queues.changed_at, waiting.oldest)))::int end as "heldBackSeconds",
      case when entry.at is not null
        then coalesce(users.username, case when actor_id is null then 'the command line' else 'a removed user' end) end as by
    from queues
    cross join lateral (
      select min(available_at) as oldest from jobs
      where queue = queues.name and status = 'WAITING' and available_at <= now()
    ) as waiting
    left join lateral (
      select at, actor_id from audit_log where action = 'queue.pause' and target = queues.name and outcome = 'SUCCESS'
      order by seq desc limit 1
    ) as entry on true
    left join users on users.id = entry.actor_id
    where queues.paused order by queues.name`.execute(db);
  return rows;
}

/** Failures that operators are shown, by what has failed. */
export interface FailureCount {
  readonly queue: QueueName;
  readonly errorCode: string;
  readonly jobs: number;
  readonly lastAt: Date;
}

/** The most frequent of each queue first. */
export async function countFailures(db: Sql): Promise<FailureCount[]> {
  const { rows } = await sql<FailureCount>`
    select queue, coalesce(error_code, 'INTERNAL_ERROR') as "errorCode", count(*)::int as jobs, max(finished_at) as "lastAt"
    from jobs where ${VISIBLE_FAILURES} and finished_at is not null
    group by 1, 2 order by queue, jobs desc, "errorCode"`.execute(db);
  return rows;
}
