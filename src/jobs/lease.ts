import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { type Em, sqlOf } from '../db/orm.ts';
import { AppError } from '../errors.ts';

/** The right to work on a job, until the lease ends or somebody claims it with a higher fence. */
export interface Claim {
  readonly jobId: string;
  readonly videoId: string;
  readonly fence: number;
  /** How often the job has been claimed, this time included. */
  readonly attempt: number;
}

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

  /** Null where the job is finished, or another worker's lease on it is alive. */
  async claim(jobId: string, workerId: string): Promise<Claim | null> {
    const { rows } = await sql<{ video_id: string; fence: string; attempt: number }>`
      update jobs set status = 'ACTIVE', fence = fence + 1, attempt = attempt + 1, worker_id = ${workerId},
        lease_expires_at = ${this.#end()}
      where id = ${jobId} and (status = 'WAITING' or (status = 'ACTIVE' and lease_expires_at < now()))
      returning video_id, fence, attempt`.execute(this.#db.sql());
    const row = rows[0];
    return row ? { jobId, videoId: row.video_id, fence: Number(row.fence), attempt: row.attempt } : null;
  }

  /** False where the claim is no longer ours. */
  async extend(claim: Claim): Promise<boolean> {
    const result = await this.#db
      .sql()
      .updateTable('jobs')
      .set({ lease_expires_at: this.#end() })
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

/** Locks the claim's job for the transaction of `em`. Throws LEASE_LOST where it is no longer ours; nothing may be written then. */
export async function holdLease(em: Em, claim: Claim): Promise<void> {
  const row = await sqlOf(em)
    .selectFrom('jobs')
    .select('id')
    .where('id', '=', claim.jobId)
    .where('fence', '=', claim.fence)
    .where('status', '=', 'ACTIVE')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError('LEASE_LOST', 'Another worker has taken this video over, or it was deleted.');
}
