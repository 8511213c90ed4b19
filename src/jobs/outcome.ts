import type { Database } from '../db/database.ts';
import { type Em, sqlOf } from '../db/orm.ts';
import { Video, type VideoErrorFacts } from '../entities/video.ts';
import type { AppError } from '../errors.ts';
import type { EventBus } from '../events/event-bus.ts';
import { recordStep } from '../events/event-log.ts';
import type { QuotaService } from '../services/quota.service.ts';
import { type Claim, holdLease } from './lease.ts';

/** How a making ends: once, under its lease, with quota, job and last event in one transaction. */
export class Outcomes {
  readonly #db: Database;
  readonly #quotas: QuotaService;
  readonly #bus: EventBus;

  constructor(db: Database, quotas: QuotaService, bus: EventBus) {
    this.#db = db;
    this.#quotas = quotas;
    this.#bus = bus;
  }

  async complete(claim: Claim): Promise<void> {
    await this.#finish(claim, 'DONE', async (em, video) => {
      await sqlOf(em).updateTable('videos').set({ completed_at: new Date() }).where('id', '=', video.id).execute();
      await recordStep(em, {
        videoId: video.id,
        status: 'COMPLETED',
        progress: 100,
        message: `Your video is ready: ${(video.durationSeconds ?? 0).toFixed(1)} s.`,
      });
      await this.#quotas.settleVideo(em, video.ownerId, 'used');
    });
  }

  /** `traceId` leads from what the client sees to what the log says. */
  async fail(claim: Claim, error: AppError, traceId: string): Promise<void> {
    await this.#finish(claim, 'FAILED', async (em, video) => {
      const stage = video.currentStage ?? undefined;
      const facts: VideoErrorFacts = {
        code: error.code,
        message: error.message,
        stage: stage ?? null,
        retriable: error.retriable,
        at: new Date().toISOString(),
        traceId,
      };
      if (stage)
        await sqlOf(em)
          .updateTable('video_stages')
          .set({ status: 'FAILED', error_code: error.code, error_message: error.message })
          .where('video_id', '=', video.id)
          .where('stage', '=', stage)
          .where('status', '<>', 'COMPLETED')
          .execute();
      await recordStep(em, {
        videoId: video.id,
        status: 'FAILED',
        progress: video.progress,
        message: error.message,
        ...(stage ? { stage, stageStatus: 'FAILED' as const } : {}),
        error: facts,
      });
      await this.#quotas.settleVideo(em, video.ownerId, 'released');
    });
  }

  async #finish(
    claim: Claim,
    status: 'DONE' | 'FAILED',
    write: (em: Em, video: Video) => Promise<void>,
  ): Promise<void> {
    const ownerId = await this.#db.transaction(async (em) => {
      await holdLease(em, claim);
      const video = await em.findOneOrFail(Video, { id: claim.videoId });
      await write(em, video);
      await sqlOf(em)
        .updateTable('jobs')
        .set({ status, finished_at: new Date(), lease_expires_at: null })
        .where('id', '=', claim.jobId)
        .execute();
      return video.ownerId;
    });
    this.#bus.announce(ownerId);
  }
}
