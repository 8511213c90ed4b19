import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { JobPriority, valuesOf } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';

const POLL_MS = 1_000;
/** A job that waits is rung for again after 10 s, 20 s, … at most each 5 minutes: rings get lost with Redis. */
const RENOTIFY_SECONDS = 10;
const MAX_RENOTIFY_SECONDS = 300;
/** Of each queue and priority. The jobs behind these cannot begin before them, and a ring takes whichever is first. */
const MAX_EXAMINED = 500;
const MAX_NOTIFIED = 500;

const IS_DUE_FOR_NOTIFICATION = sql`(job.status = 'WAITING' and job.available_at <= now() and (job.rung_at < job.available_at or
  job.rung_at < now() - make_interval(secs =>
    least(${RENOTIFY_SECONDS} * power(2, least(job.rings, 10)), ${MAX_RENOTIFY_SECONDS}))))`;
const HAS_EXPIRED_LEASE = sql`(job.status = 'ACTIVE' and job.lease_expires_at < now() and job.rung_at < now() - interval '2 seconds')`;

/** Rings again for every job whose ring may have been lost, or whose worker died. This is what makes Redis only a doorbell. */
export class Sweeper {
  readonly #db: Database;
  readonly #onWork: () => void;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(db: Database, onWork: () => void, logger: Logger) {
    this.#db = db;
    this.#onWork = onWork;
    this.#logger = logger;
  }

  start(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#running = this.sweep()
        .then((notified) => (notified > 0 ? this.#onWork() : undefined))
        // The database is away: the next look finds the same jobs.
        .catch((thrown: unknown) =>
          this.#logger.warn({ err: AppError.from(thrown) }, 'could not look for jobs to ring again'),
        )
        .finally(() => this.start());
    }, POLL_MS);
  }

  /** Returns how many rings it put into the outbox. */
  async sweep(): Promise<number> {
    const { rows } = await sql`
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
        -- Asked again of the locked row: another sweeper or a worker may have been at it meanwhile.
        select job.id from seen cross join lateral (
          select id from jobs as job where id = seen.id and (${IS_DUE_FOR_NOTIFICATION} or ${HAS_EXPIRED_LEASE}) for update skip locked
        ) as job
      ), rung as (
        update jobs set rings = rings + 1, rung_at = now() where id = any(array(select id from due))
        returning id, queue, rings
      )
      insert into outbox (queue, job_id, ring) select queue, id, rings from rung returning id`.execute(this.#db.sql());
    return rows.length;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
