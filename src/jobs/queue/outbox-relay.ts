import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { sqlOf } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { JobNotifier } from './job-notifier.ts';

const BATCH = 100;
const POLL_MS = 1_000;

/** Carries rings from the outbox to Redis: at once when kicked, else each second. Safe to run in every process. */
export class Relay {
  readonly #db: Database;
  readonly #notifier: JobNotifier;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isTriggered = false;
  #closed = false;

  constructor(db: Database, notifier: JobNotifier, logger: Logger) {
    this.#db = db;
    this.#notifier = notifier;
    this.#logger = logger;
  }

  start(): void {
    this.trigger();
  }

  /** Looks at the outbox now. */
  trigger(): void {
    this.#isTriggered = true;
    if (!this.#closed) this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      while (this.#isTriggered && !this.#closed) {
        this.#isTriggered = false;
        if ((await this.#sendBatch()) === BATCH) this.#isTriggered = true;
      }
    } catch (thrown) {
      // Nothing is lost: the rings are still in the outbox, and this is looked at again in a second.
      this.#logger.debug({ err: AppError.from(thrown) }, 'the outbox could not be emptied');
    } finally {
      this.#running = undefined;
      if (!this.#closed) this.#timer = setTimeout(() => this.trigger(), POLL_MS);
    }
  }

  /**
   * A ring is deleted for good only once Redis has it; a crash in between rings twice, which does no harm. That is also
   * why this commit, and no other, need not wait for the disk.
   */
  async #sendBatch(): Promise<number> {
    return await this.#db.transaction(async (em) => {
      const { rows } = await sql<{ job_id: string; ring: number }>`/* carry_rings */
        with next as (select id from outbox order by id limit ${BATCH} for update skip locked)
        delete from outbox using next where outbox.id = next.id
        returning job_id, ring, set_config('synchronous_commit', 'off', true)`.execute(sqlOf(em));
      await Promise.all(rows.map((row) => this.#notifier.notify(row.job_id, row.ring)));
      return rows.length;
    });
  }
}
