import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { JobPriority, QueueName } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';

/** The right to work on a job, until the lease ends or somebody claims it with a higher fence. */
export interface Claim {
  readonly jobId: string;
  readonly videoId: string;
  readonly fence: number;
  readonly priority: JobPriority;
  /** How often the job has been claimed, this time included. */
  readonly attempt: number;
  /** Workers that died at it since a stage was last finished. */
  readonly deaths: number;
}

interface ClaimRow {
  readonly id: string;
  readonly video_id: string;
  readonly fence: string;
  readonly priority: JobPriority;
  readonly attempt: number;
  readonly deaths: number;
}

/** A lease that ran out before the server was back says nothing of its worker, which could not have extended it. */
const WORKER_CRASHED = sql`status = 'ACTIVE' and lease_expires_at > pg_postmaster_start_time()`;

/** Who may work on which job. All times are the database's clock. */
export class Leases {
  readonly #db: Database;
  readonly #seconds: number;

  constructor(db: Database, leaseSeconds: number) {
    this.#db = db;
    this.#seconds = leaseSeconds;
  }

  get seconds(): number {
    return this.#seconds;
  }

  /**
   * A job whose worker's lease ran out, else of the first of these priorities that has any waiting the one that could have
   * begun the longest. Null where there is none, or the queue is paused. Each look is one step in an index, and none is
   * taken after the first that finds a job: a claim takes as long with 100,000 jobs waiting as with 10.
   */
  async claimNext(queue: QueueName, order: readonly JobPriority[], workerId: string): Promise<Claim | null> {
    const { rows } = await sql<ClaimRow>`
      with claimed as (
        update jobs set status = 'ACTIVE', fence = fence + 1, attempt = attempt + 1, deaths = deaths + (${WORKER_CRASHED})::int,
          worker_id = ${workerId}, lease_expires_at = ${this.#end()}, claimed_at = now(), heartbeat_at = now()
        where id = coalesce(${firstWithExpiredLease(queue, order)}, ${sql.join(order.map((priority) => firstWaiting(queue, priority)))})
          and not exists (select 1 from queues where name = ${queue} and paused)
        returning id, video_id, fence, priority, attempt, deaths
      ), begun as (
        update videos set started_at = now() from claimed where videos.id = video_id and started_at is null
      )
      select * from claimed`.execute(this.#db.sql());
    const [row] = rows;
    return row ? claimOf(row) : null;
  }

  /** False where the claim is no longer ours. */
  async extend(claim: Claim): Promise<boolean> {
    const result = await this.#db
      .sql()
      .updateTable('jobs')
      .set({ lease_expires_at: this.#end(), heartbeat_at: sql`now()` })
      .where('id', '=', claim.jobId)
      .where('fence', '=', claim.fence)
      .where('status', '=', 'ACTIVE')
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  }

  /** Hands unfinished work back, so that another worker can take it at once; it does not count as an attempt. */
  async release(claim: Claim): Promise<void> {
    await sql`
      with returned as (
        update jobs set status = 'WAITING', worker_id = null, lease_expires_at = null, attempt = attempt - 1,
          rings = rings + 1, rung_at = now()
        where id = ${claim.jobId} and fence = ${claim.fence} and status = 'ACTIVE'
        returning id, queue, rings
      )
      insert into outbox (queue, job_id, ring) select queue, id, rings from returned`.execute(this.#db.sql());
  }

  #end() {
    return sql<Date>`now() + make_interval(secs => ${this.#seconds})`;
  }
}

/** It goes on before others begin: whoever ordered it has seen it begin. No more are ACTIVE than there are slots. */
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

function claimOf({ id, video_id, fence, ...counts }: ClaimRow): Claim {
  return { jobId: id, videoId: video_id, fence: Number(fence), ...counts };
}

/**
 * Locks the claim's job for the transaction of `em`, and gives how often it has failed since a stage was last finished.
 * Throws LEASE_LOST where the claim is no longer ours; nothing may be written then.
 */
export async function lockLease(em: Em, claim: Pick<Claim, 'jobId' | 'fence'>): Promise<{ failures: number }> {
  const row = await sqlOf(em)
    .selectFrom('jobs')
    .select('failures')
    .where('id', '=', claim.jobId)
    .where('fence', '=', claim.fence)
    .where('status', '=', 'ACTIVE')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw leaseLost();
  return row;
}

/** The claim is somebody else's now, or nobody's. */
export function leaseLost(): AppError {
  return new AppError('LEASE_LOST', 'Another worker has taken this video over, or it was deleted.');
}
