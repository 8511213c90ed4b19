import { connectionFailure } from '../../db/database-errors.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { JobStore } from './job-store.ts';

const POLL_MS = 1_000;

/** Notifies again of every job whose notification may be lost, or whose worker crashed: so losing Redis loses no job. */
export class Sweeper {
  readonly #jobs: Pick<JobStore, 'notifyDue'>;
  readonly #onWork: () => void;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(jobs: Pick<JobStore, 'notifyDue'>, onWork: () => void, logger: Logger) {
    this.#jobs = jobs;
    this.#onWork = onWork;
    this.#logger = logger;
  }

  start(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#running = this.sweep()
        .then((notified) => (notified > 0 ? this.#onWork() : undefined))
        // The database cannot be reached: the next sweep finds the same jobs.
        .catch((thrown: unknown) =>
          this.#logger.warn(
            { err: AppError.from(connectionFailure(thrown)) },
            'could not find the jobs to notify of again',
          ),
        )
        .finally(() => this.start());
    }, POLL_MS);
  }

  /** Returns how many notifications it put into the outbox. */
  async sweep(): Promise<number> {
    return await this.#jobs.notifyDue();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
