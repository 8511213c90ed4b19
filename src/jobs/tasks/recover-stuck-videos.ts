import type { Logger } from '../../monitoring/logger.ts';
import type { RecoveryService } from '../../services/queues/recovery.service.ts';
import type { StuckVideo } from '../../services/queues/stuck-videos-sql.ts';

export interface StuckVideoRecoveryParts {
  readonly recovery: Pick<RecoveryService, 'recover'>;
  readonly logger: Logger;
  /** How long a video may make no progress. */
  readonly olderThanSeconds: number;
}

/** Recovers videos that make no progress, and logs each. */
export class StuckVideoRecovery {
  readonly #parts: StuckVideoRecoveryParts;

  constructor(parts: StuckVideoRecoveryParts) {
    this.#parts = parts;
  }

  /** The number of recovered videos. */
  async recover(signal: AbortSignal): Promise<readonly StuckVideo[]> {
    const { recovery, logger, olderThanSeconds } = this.#parts;
    const taken = await recovery.recover(null, { olderThanSeconds, signal });
    for (const { videoId, stage, stuckSeconds } of taken)
      logger.warn(
        { video_id: videoId, stage, stuck_seconds: stuckSeconds },
        'a video made no progress and was recovered',
      );
    return taken;
  }
}
