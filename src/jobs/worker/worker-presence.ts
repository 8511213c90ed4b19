import { hostname } from 'node:os';
import type { Database } from '../../db/database.ts';
import { connectionFailure } from '../../db/database-errors.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import { recordWorker, removeWorker } from './worker-store.ts';

const PRESENCE_MS = 5_000;

export interface WorkerPresenceParts {
  readonly db: Database;
  readonly workerId: string;
  /** Videos made at once. */
  readonly slots: number;
  readonly logger: Logger;
}

/** The row that records that a worker is alive, for operators and for estimates of waiting times. Claims do not depend on it. */
export class WorkerPresence {
  readonly #parts: WorkerPresenceParts;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WorkerPresenceParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await this.#record();
    this.#timer = setInterval(() => {
      this.#record().catch((thrown: unknown) =>
        this.#parts.logger.warn(
          { err: AppError.from(connectionFailure(thrown)) },
          'could not record that this worker is alive',
        ),
      );
    }, PRESENCE_MS);
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    const { db, workerId, logger } = this.#parts;
    clearInterval(this.#timer);
    await removeWorker(db.sql(), workerId).catch((thrown: unknown) =>
      logger.warn({ err: thrown }, 'could not record that this worker has ended'),
    );
  }

  async #record(): Promise<void> {
    const { db, workerId, slots } = this.#parts;
    await recordWorker(db.sql(), { id: workerId, hostname: hostname(), pid: process.pid, slots });
  }
}
