import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Storage } from '../storage/storage.ts';

const LOOK_MS = 5 * 60_000;
/** A worker that was at a deleted video has long let go of it by then. */
const AFTER_MINUTES = 10;
const WORKER_FORGOTTEN_MINUTES = 60;

/** Removes files and rows of deleted videos, and workers that are long dead. */
export class Purge {
  readonly #db: Database;
  readonly #storage: Storage;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(db: Database, storage: Storage, logger: Logger) {
    this.#db = db;
    this.#storage = storage;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.purge().then(
        () => undefined,
        (thrown: unknown) => this.#logger.warn({ err: AppError.from(thrown) }, 'could not purge deleted videos'),
      );
    }, LOOK_MS);
  }

  /** Files first: a row without files can be purged again, files without a row would stay for ever. */
  async purge(now = new Date()): Promise<number> {
    const deletedBefore = new Date(now.getTime() - AFTER_MINUTES * 60_000);
    const videos = await this.#db
      .sql()
      .selectFrom('videos')
      .select('id')
      .where('deleted_at', '<', deletedBefore)
      .limit(1_000)
      .execute();
    for (const { id } of videos) {
      await this.#storage.removeAll(`videos/${id}/`);
      await this.#db.sql().deleteFrom('videos').where('id', '=', id).execute();
    }
    const deadSince = new Date(now.getTime() - WORKER_FORGOTTEN_MINUTES * 60_000);
    await this.#db.sql().deleteFrom('workers').where('heartbeat_at', '<', deadSince).execute();
    return videos.length;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
