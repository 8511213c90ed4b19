import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../monitoring/logger.ts';

const LOOK_MS = 1_000;
/** A job that waits is rung for again after 10 s, 20 s, … at most each 5 minutes: rings get lost with Redis. */
const RING_AGAIN_SECONDS = 10;
const RING_AGAIN_MOST_SECONDS = 300;

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
        .then((rung) => (rung > 0 ? this.#onWork() : undefined))
        // The database is away: the next look finds the same jobs.
        .catch((thrown: unknown) =>
          this.#logger.warn({ err: AppError.from(thrown) }, 'could not look for jobs to ring again'),
        )
        .finally(() => this.start());
    }, LOOK_MS);
  }

  /** Returns how many rings it put into the outbox. */
  async sweep(): Promise<number> {
    const { rows } = await sql`
      with due as (
        select id from jobs
        where not exists (select 1 from queues where name = jobs.queue and paused) and ((status = 'ACTIVE' and lease_expires_at < now() and rung_at < now() - interval '2 seconds')
          or (status = 'WAITING' and available_at <= now() and (rung_at < available_at or rung_at < now() - make_interval(secs =>
                least(${RING_AGAIN_SECONDS} * power(2, least(rings, 10)), ${RING_AGAIN_MOST_SECONDS})))))
        order by created_at limit 500 for update skip locked
      ), rung as (
        update jobs set rings = rings + 1, rung_at = now() from due where jobs.id = due.id
        returning jobs.id, jobs.queue, jobs.rings
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
