import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { JobStore } from '../queue/job-store.ts';
import { pruneEvents } from './prune-events-sql.ts';

/** How long finished records are kept. */
export interface RetentionTimes {
  readonly jobsDays: number;
  /** After a video's end. */
  readonly eventsDays: number;
  /** At least 24. */
  readonly idempotencyHours: number;
  /** After a session's end. */
  readonly sessionsDays: number;
}

/** The maximum number of rows that one statement deletes: it then takes milliseconds, and holds few locks. */
const BATCH = 1_000;
/** A machine that has not run its tasks for this long counts as removed. */
const STALE_MACHINE_DAYS = 30;

export interface OldRowRemovalParts {
  readonly db: Database;
  readonly jobs: Pick<JobStore, 'removeOld'>;
  readonly times: RetentionTimes;
  readonly logger: Logger;
}

/** Deletes rows that are no longer used. */
export class OldRowRemoval {
  readonly #db: Database;
  readonly #jobs: Pick<JobStore, 'removeOld'>;
  readonly #times: RetentionTimes;
  readonly #logger: Logger;

  constructor({ db, jobs, times, logger }: OldRowRemovalParts) {
    this.#db = db;
    this.#jobs = jobs;
    this.#times = times;
    this.#logger = logger;
  }

  /** Returns how many rows of each kind it deleted. */
  async clear(signal: AbortSignal): Promise<Readonly<Record<string, number>>> {
    const deleted = {
      jobs: await inBatches(() => this.#jobs.removeOld(this.#times.jobsDays, BATCH), signal),
      events: await pruneEvents(this.#db, this.#times.eventsDays, signal),
      idempotency_keys: await inBatches(() => this.#delete(this.#keys()), signal),
      sessions: await inBatches(() => this.#delete(this.#sessions()), signal),
      tasks: await inBatches(() => this.#delete(staleMachineTasks), signal),
    };
    if (Object.values(deleted).some((count) => count > 0)) this.#logger.info(deleted, 'old rows were deleted');
    return deleted;
  }

  async #delete(deletion: RawBuilder<unknown>): Promise<number> {
    const { numAffectedRows = 0n } = await deletion.execute(this.#db.sql());
    return Number(numAffectedRows);
  }

  #keys(): RawBuilder<unknown> {
    return sql`
      delete from idempotency_keys where (user_id, operation, key) in (
        select user_id, operation, key from idempotency_keys
        where created_at < now() - make_interval(hours => ${this.#times.idempotencyHours})
        order by created_at limit ${BATCH} for update skip locked)`;
  }

  /** Of ended sessions: a token without a session row is refused just as one of an ended session. */
  #sessions(): RawBuilder<unknown> {
    return sql`
      delete from sessions where id in (
        select id from sessions
        where least(revoked_at, expires_at) < now() - make_interval(days => ${this.#times.sessionsDays})
        order by least(revoked_at, expires_at) limit ${BATCH} for update skip locked)`;
  }
}

const staleMachineTasks: RawBuilder<unknown> = sql`
  delete from scheduled_tasks where name like '%@%'
    and coalesce(last_started_at, next_due_at) < now() - make_interval(days => ${STALE_MACHINE_DAYS})`;

/** Each batch is a separate statement; returns the total number of deleted rows. */
async function inBatches(deleteBatch: () => Promise<number>, signal: AbortSignal): Promise<number> {
  for (let deleted = 0; ; ) {
    signal.throwIfAborted();
    const count = await deleteBatch();
    deleted += count;
    if (count < BATCH) return deleted;
  }
}
