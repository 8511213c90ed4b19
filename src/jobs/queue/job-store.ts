import { randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { runCompiled } from '../../db/compiled-statement.ts';
import type { Database, Transaction } from '../../db/database.ts';
import type { OldRows } from '../../db/old-rows.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { JobPriority, QueueName } from '../../entities/enums.ts';
import type { JobOfVideo, JobQueue } from '../../services/queues/job-queue.ts';
import { VISIBLE_FAILURES } from '../../services/queues/queue-stats-sql.ts';
import type { TraceIds } from '../../trace-ids.ts';
import {
  allows,
  type ClaimRow,
  claimNext,
  deleteNotifications,
  ENQUEUE,
  ENQUEUE_GENERATION,
  notifyAll,
  notifyDue,
  returnNotifications,
  type TakenNotification,
  takeNotifications,
  WAITS,
  withNotification,
} from './job-sql.ts';
import type { JobTransitionName } from './job-transitions.ts';
import { type Claim, leaseLost, type VideoClaim } from './lease.ts';

/** Why a job has failed, for operators. */
export interface JobError {
  readonly code: string;
  readonly message: string;
}

/**
 * The only writer of the tables `jobs`, `outbox` and `queues`. `job-transitions.ts` says which method may change a job in
 * which state. All times are the database's clock.
 */
export class JobStore implements JobQueue {
  readonly #db: Database;
  readonly #leaseSeconds: number;

  constructor(db: Database, leaseSeconds: number) {
    this.#db = db;
    this.#leaseSeconds = leaseSeconds;
  }

  get leaseSeconds(): number {
    return this.#leaseSeconds;
  }

  async enqueue(transaction: Transaction, { videoId, priority, trace }: JobOfVideo): Promise<void> {
    await runCompiled(transaction, ENQUEUE, { jobId: randomUUIDv7(), videoId, priority, ...traceColumns(trace) });
  }

  async enqueueGeneration(em: Em, generationId: string, trace?: TraceIds): Promise<void> {
    await runCompiled(em, ENQUEUE_GENERATION, { jobId: randomUUIDv7(), generationId, ...traceColumns(trace) });
  }

  /** The next job by these priorities, or null where none may begin or the queue is paused. */
  async claimNext(queue: 'VIDEO', order: readonly JobPriority[], workerId: string): Promise<VideoClaim | null>;
  async claimNext(queue: QueueName, order: readonly JobPriority[], workerId: string): Promise<Claim | null>;
  async claimNext(queue: QueueName, order: readonly JobPriority[], workerId: string): Promise<Claim | null> {
    const { rows } = await claimNext(queue, order, { workerId, leaseEnd: this.#leaseEnd() }).execute(this.#db.sql());
    return rows[0] ? claimOf(rows[0]) : null;
  }

  /** False where the claim is no longer valid. */
  async renew(claim: Claim): Promise<boolean> {
    const change = sql`lease_expires_at = ${this.#leaseEnd()}, heartbeat_at = now()`;
    return await isChanged(claimed('renew', claim, change).execute(this.#db.sql()));
  }

  /** Hands unfinished work back, so that another worker can take it at once; it does not count as an attempt. */
  async release(claim: Claim): Promise<void> {
    const change = sql`${WAITS}, attempt = jobs.attempt - 1`;
    await withNotification(claimed('release', claim, change)).execute(this.#db.sql());
  }

  /**
   * Locks the claim's job for the transaction of `em`, and returns how often it has failed since a stage was last finished.
   * Throws LEASE_LOST where the claim is no longer valid; then the caller must write nothing.
   */
  async lockClaim(em: Em, claim: Claim): Promise<{ readonly failures: number }> {
    const row = await jobOf(em, claim).select('failures').where('status', '=', 'ACTIVE').executeTakeFirst();
    if (!row) throw leaseLost();
    return row;
  }

  /** Whether the claim's own worker has ended it: anyone else who ends a claim or takes it over raises the fence. */
  async hasEnded(em: Em, claim: Claim): Promise<boolean> {
    const row = await jobOf(em, claim).select('status').executeTakeFirst();
    return row !== undefined && row.status !== 'ACTIVE';
  }

  /** After a finished stage: earlier failures do not count for the next. */
  async forgetFailures(em: Em, claim: Claim): Promise<void> {
    await this.#change(em, claimed('forgetFailures', claim, sql`failures = 0, deaths = 0`));
  }

  /** The next attempt may begin after so many seconds. */
  async retryLater(em: Em, claim: Claim, { code, message }: JobError, delaySeconds: number): Promise<void> {
    const change = sql`status = 'WAITING', failures = failures + 1, worker_id = null, lease_expires_at = null,
      available_at = now() + make_interval(secs => ${delaySeconds}), rung_at = now(),
      error_code = ${code}, error_message = ${message}`;
    await this.#change(em, claimed('retryLater', claim, change));
  }

  async finish(em: Em, claim: Claim): Promise<void> {
    const change = sql`status = 'DONE', ${ENDS}, error_code = null, error_message = null`;
    await this.#change(em, claimed('finish', claim, change));
  }

  async fail(em: Em, claim: Claim, error: JobError): Promise<void> {
    await this.#change(em, failed('fail', claim, error));
  }

  /** As `fail`: for a job that crashes its workers. */
  async quarantine(em: Em, claim: Claim, error: JobError): Promise<void> {
    await this.#change(em, failed('quarantine', claim, error));
  }

  async cancel(em: Em, videoId: string): Promise<boolean> {
    return await isChanged(canceled(sql`video_id = ${videoId}`).execute(sqlOf(em)));
  }

  async cancelGeneration(em: Em, generationId: string): Promise<boolean> {
    return await isChanged(canceled(sql`generation_id = ${generationId}`).execute(sqlOf(em)));
  }

  async restart(em: Em, video: JobOfVideo): Promise<boolean> {
    const change = sql`failures = 0, deaths = 0, error_code = null, error_message = null`;
    return await this.#again(em, 'restart', subjectOf(video), change);
  }

  async restartGeneration(em: Em, generationId: string): Promise<boolean> {
    const change = sql`failures = 0, deaths = 0, error_code = null, error_message = null`;
    return await this.#again(em, 'restart', { queue: 'AI', column: 'generation_id', id: generationId }, change);
  }

  async reclaim(em: Em, video: JobOfVideo): Promise<boolean> {
    // A worker that makes no progress counts as a crash: a video that stops every worker is quarantined in the end.
    return await this.#again(em, 'reclaim', subjectOf(video), sql`fence = jobs.fence + 1, deaths = jobs.deaths + 1`);
  }

  async pause(em: Em, queue: QueueName): Promise<void> {
    await setPaused(queue, true).execute(sqlOf(em));
  }

  async resume(em: Em, queue: QueueName): Promise<void> {
    await setPaused(queue, false).execute(sqlOf(em));
    await notifyAll(queue).execute(sqlOf(em));
  }

  async clearFailures(em: Em, queue: QueueName): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      update jobs set cleared_at = now() where queue = ${queue} and ${VISIBLE_FAILURES}`.execute(sqlOf(em));
    return Number(numAffectedRows);
  }

  /** Returns how many notifications it wrote. */
  async notifyDue(): Promise<number> {
    return (await notifyDue().execute(this.#db.sql())).rows.length;
  }

  /** Jobs that ended so many days ago, at most so many; returns how many. A video that runs again gets a new one. */
  async removeOld(rows: OldRows, days: number, limit: number): Promise<number> {
    return await rows.remove(
      'jobs',
      sql`
        delete from jobs where id in (
          select id from jobs where finished_at < now() - make_interval(days => ${days}) and ${allows('removeOld')}
          order by finished_at limit ${limit} for update skip locked)`,
    );
  }

  /** Takes the oldest notifications out of the reach of other processes for some seconds. */
  async takeNotifications(limit: number): Promise<TakenNotification[]> {
    return (await takeNotifications(limit).execute(this.#db.sql())).rows;
  }

  /** They have been sent. */
  async deleteNotifications(taken: readonly TakenNotification[]): Promise<void> {
    await deleteNotifications(taken.map(({ id }) => id)).execute(this.#db.sql());
  }

  /** They could not be sent: any process may take them again. */
  async returnNotifications(taken: readonly TakenNotification[]): Promise<void> {
    await returnNotifications(taken.map(({ id }) => id)).execute(this.#db.sql());
  }

  async #again(
    em: Em,
    transition: JobTransitionName,
    { queue, column, id, priority = 'NORMAL', trace }: Subject,
    change: RawBuilder<unknown>,
  ): Promise<boolean> {
    const { traceId, spanId } = traceColumns(trace);
    const { rows } = await withNotification(sql`
      insert into jobs (id, queue, ${sql.ref(column)}, priority, rings, trace_id, span_id)
      values (${randomUUIDv7()}, ${queue}, ${id}, ${priority}, 1, ${traceId}, ${spanId})
      on conflict (${sql.ref(column)}) do update set ${WAITS}, available_at = now(), finished_at = null, cleared_at = null,
        trace_id = coalesce(excluded.trace_id, jobs.trace_id), span_id = coalesce(excluded.span_id, jobs.span_id), ${change}
      where ${allows(transition)}`).execute(sqlOf(em));
    return rows.length === 1;
  }

  async #change(em: Em, statement: RawBuilder<unknown>): Promise<void> {
    if (!(await isChanged(statement.execute(sqlOf(em))))) throw leaseLost();
  }

  #leaseEnd() {
    return sql<Date>`now() + make_interval(secs => ${this.#leaseSeconds})`;
  }
}

/** What a job makes. */
interface Subject {
  readonly queue: QueueName;
  readonly column: 'video_id' | 'generation_id';
  readonly id: string;
  readonly priority?: JobPriority;
  readonly trace?: TraceIds | undefined;
}

function subjectOf({ videoId, priority, trace }: JobOfVideo): Subject {
  return { queue: 'VIDEO', column: 'video_id', id: videoId, priority, trace };
}

function claimOf({ videoId, generationId, ...facts }: ClaimRow): Claim {
  if (videoId !== null) return { ...facts, videoId };
  if (generationId !== null) return { ...facts, generationId };
  throw new TypeError('A job makes a video or a generation.');
}

/** Null where no request is known. */
function traceColumns(trace: TraceIds | undefined) {
  return { traceId: trace?.traceId ?? null, spanId: trace?.spanId ?? null };
}

const ENDS = sql`finished_at = now(), lease_expires_at = null`;

/** A change of a worker's, which needs its claim. */
function claimed(transition: JobTransitionName, { jobId, fence }: Claim, change: RawBuilder<unknown>) {
  return sql`update jobs set ${change} where jobs.id = ${jobId} and jobs.fence = ${fence} and ${allows(transition)}`;
}

/** The fence is raised, so that a worker that still works on it is refused. */
function canceled(subject: RawBuilder<unknown>) {
  return sql`update jobs set status = 'CANCELED', ${ENDS}, fence = fence + 1 where ${subject} and ${allows('cancel')}`;
}

function failed(transition: 'fail' | 'quarantine', claim: Claim, { code, message }: JobError) {
  const change = sql`status = 'FAILED', ${ENDS}, error_code = ${code}, error_message = ${message}`;
  return claimed(transition, claim, change);
}

function setPaused(queue: QueueName, paused: boolean) {
  return sql`
    insert into queues (name, paused) values (${queue}, ${paused})
    on conflict (name) do update set paused = excluded.paused, changed_at = now()
    where queues.paused <> excluded.paused`;
}

function jobOf(em: Em, { jobId, fence }: Claim) {
  return sqlOf(em).selectFrom('jobs').where('id', '=', jobId).where('fence', '=', fence).forUpdate();
}

async function isChanged(result: Promise<{ readonly numAffectedRows?: bigint }>): Promise<boolean> {
  return ((await result).numAffectedRows ?? 0n) > 0n;
}
