import type { Logger } from '../../monitoring/logger.ts';
import type { RecoveryService } from '../../services/queues/recovery.service.ts';
import type { StuckVideo } from '../../services/queues/stuck-videos.ts';

export interface StuckVideoRecoveryParts {
  readonly recovery: Pick<RecoveryService, 'recover'>;
  readonly logger: Logger;
  /** How long a video may stand still. */
  readonly olderThanSeconds: number;
}

/** Takes back what stands still, and says so in the log. */
export class StuckVideoRecovery {
  readonly #parts: StuckVideoRecoveryParts;

  constructor(parts: StuckVideoRecoveryParts) {
    this.#parts = parts;
  }

  /** What it took back. */
  async recover(signal: AbortSignal): Promise<readonly StuckVideo[]> {
    const { recovery, logger, olderThanSeconds } = this.#parts;
    const taken = await recovery.recover({ olderThanSeconds, signal });
    for (const { videoId, stage, stuckSeconds } of taken)
      logger.warn({ video_id: videoId, stage, stuck_seconds: stuckSeconds }, 'a video stood still and was taken back');
    return taken;
  }
}
