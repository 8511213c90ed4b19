import { type Em, nowOf } from '../../db/orm.ts';
import { Video, type VideoErrorFacts } from '../../entities/video.ts';
import type { AppError } from '../../errors.ts';
import { closeAttempts } from '../../services/generations/generation-store.ts';
import { completeVideo, failVideo, planRetry } from '../../services/videos/video-store.ts';
import type { VideoClaim } from '../queue/lease.ts';
import type { EndingParts, JobEnding, Retry } from './job-work.ts';

/**
 * How an attempt at a video ends. Quotas are settled before the event is written, in the order in which new videos lock the two:
 * otherwise there would be a deadlock.
 */
export class VideoEnding implements JobEnding {
  readonly #claim: VideoClaim;
  readonly #parts: EndingParts;
  #ownerId: string | undefined;

  constructor(claim: VideoClaim, parts: EndingParts) {
    this.#claim = claim;
    this.#parts = parts;
  }

  async complete(em: Em): Promise<void> {
    const video = await this.#video(em);
    await this.#parts.quotas.settle(em, video.ownerId, 'VIDEO', 'used');
    // Calls of a worker that has crashed, for contents that were not needed any more.
    await closeAttempts(em, { videoId: video.id });
    await completeVideo(em, video);
  }

  async planRetry(em: Em, error: AppError, traceId: string, retry: Retry): Promise<void> {
    const video = await this.#video(em);
    await planRetry(em, video, await factsOf(em, video, error, traceId), retry);
  }

  async fail(em: Em, error: AppError, traceId: string): Promise<void> {
    const video = await this.#video(em);
    const facts = await factsOf(em, video, error, traceId);
    await this.#parts.quotas.settle(em, video.ownerId, 'VIDEO', 'released');
    // Calls of a worker that has crashed: for a quarantined video no worker comes that would find them.
    await closeAttempts(em, { videoId: video.id });
    await failVideo(em, video, facts);
  }

  publish(): void {
    if (this.#ownerId !== undefined) this.#parts.bus.publish({ ownerId: this.#ownerId, videoId: this.#claim.videoId });
  }

  async #video(em: Em): Promise<Video> {
    const video = await em.findOneOrFail(Video, { id: this.#claim.videoId });
    this.#ownerId = video.ownerId;
    return video;
  }
}

/** Uses the database's clock, as the event written with it does: a worker's clock may be wrong. */
async function factsOf(em: Em, { currentStage }: Video, error: AppError, traceId: string): Promise<VideoErrorFacts> {
  const { code, message, retriable } = error;
  const at = (await nowOf(em)).toISOString();
  return { code, message, stage: currentStage ?? null, retriable, at, traceId };
}
