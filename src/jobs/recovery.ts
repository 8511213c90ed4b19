import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { sqlOf } from '../db/orm.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { RecoveryService } from '../services/recovery.service.ts';
import type { StuckVideo } from '../services/stuck-videos.ts';

export interface RecoveryParts {
  readonly db: Database;
  readonly recovery: Pick<RecoveryService, 'recover'>;
  readonly logger: Logger;
  /** How long a video may stand still. */
  readonly olderThanSeconds: number;
  /** From the end of one look to the next; ten minutes where left out. */
  readonly everyMs?: number;
}

const EVERY_MS = 10 * 60_000;

/** Takes back what stands still, every ten minutes, in one worker process at a time however many there are. */
export class Recovery {
  readonly #parts: RecoveryParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#closed) return;
    const { logger, everyMs = EVERY_MS } = this.#parts;
    this.#timer = setTimeout(() => {
      this.#running = this.recover()
        .then(
          () => undefined,
          (thrown: unknown) =>
            logger.warn({ err: AppError.from(thrown) }, 'could not look for videos that stand still'),
        )
        .finally(() => this.start());
    }, everyMs);
  }

  /** What it took back; null where another process is at it just now. */
  async recover(): Promise<readonly StuckVideo[] | null> {
    const { db, recovery, logger, olderThanSeconds } = this.#parts;
    // The lock lives as long as this transaction, so that it ends with this process whatever happens.
    return await db.transaction(async (em) => {
      const { rows } = await sql<{ locked: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('autovideo_recovery')) as locked`.execute(sqlOf(em));
      if (!rows[0]?.locked) return null;
      const taken = await recovery.recover({ olderThanSeconds });
      for (const { videoId, stage, stuckSeconds } of taken)
        logger.warn(
          { video_id: videoId, stage, stuck_seconds: stuckSeconds },
          'a video stood still and was taken back',
        );
      return taken;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
