import type { Database } from '../../db/database.ts';
import { type Em, nowOf } from '../../db/orm.ts';
import { Video, type VideoErrorFacts } from '../../entities/video.ts';
import type { AppError } from '../../errors.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { QuotaService } from '../../services/quotas/quota.service.ts';
import { completeVideo, failVideo, planRetry } from '../../services/videos/video-store.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { Claim } from '../queue/lease.ts';
import { type RetryPolicy, retryDelay } from './retry-policy.ts';

export interface AttemptOutcomesParts {
  readonly db: Database;
  readonly jobs: JobStore;
  readonly quotas: QuotaService;
  readonly bus: EventBus;
  readonly policy: RetryPolicy;
}

/**
 * Ends an attempt: once, under its lease, with quota, job and event in one transaction. Quotas are settled before the
 * event is written, in the order in which new videos lock the two: otherwise there would be a deadlock. With `until` it waits
 * for an unreachable database until that signal is aborted.
 */
export class AttemptOutcomes {
  readonly #db: Database;
  readonly #jobs: JobStore;
  readonly #quotas: QuotaService;
  readonly #bus: EventBus;
  readonly #policy: RetryPolicy;

  constructor({ db, jobs, quotas, bus, policy }: AttemptOutcomesParts) {
    this.#db = db;
    this.#jobs = jobs;
    this.#quotas = quotas;
    this.#bus = bus;
    this.#policy = policy;
  }

  /** For each stage. */
  get maxAttempts(): number {
    return this.#policy.retries + 1;
  }

  async complete(claim: Claim, until?: AbortSignal): Promise<void> {
    await this.#end(
      claim,
      async (em, video) => {
        await this.#quotas.settle(em, video.ownerId, 'VIDEO', 'used');
        await completeVideo(em, video);
        await this.#jobs.finish(em, claim);
      },
      until,
    );
  }

  /** Plans the next attempt, or ends the run. `traceId` links the error that the client sees to the log. */
  async fail(claim: Claim, error: AppError, traceId: string, until?: AbortSignal): Promise<'RETRYING' | 'FAILED'> {
    return await this.#end(
      claim,
      async (em, video, failures) => {
        const facts = await factsOf(em, video, error, traceId);
        const delay = retryDelay(error, failures, this.#policy);
        if (delay !== null) {
          const { retries: maxRetries } = this.#policy;
          await planRetry(em, video, facts, { delaySeconds: delay, retry: failures + 1, maxRetries });
          await this.#jobs.retryLater(em, claim, facts, delay);
          return 'RETRYING';
        }
        await this.#failRun(em, video, facts);
        await this.#jobs.fail(em, claim, facts);
        return 'FAILED';
      },
      until,
    );
  }

  /** Ends the run even where the error is retriable: for a quarantined job. */
  async quarantine(claim: Claim, error: AppError, traceId: string): Promise<void> {
    await this.#end(claim, async (em, video) => {
      const facts = await factsOf(em, video, error, traceId);
      await this.#failRun(em, video, facts);
      await this.#jobs.quarantine(em, claim, facts);
    });
  }

  async #failRun(em: Em, video: Video, error: VideoErrorFacts): Promise<void> {
    await this.#quotas.settle(em, video.ownerId, 'VIDEO', 'released');
    await failVideo(em, video, error);
  }

  async #end<T>(
    claim: Claim,
    write: (em: Em, video: Video, failures: number) => Promise<T>,
    until?: AbortSignal,
  ): Promise<T> {
    let written: { ownerId: string; result: T } | undefined;
    const { ownerId, result } = await this.#db.transaction(async (em) => {
      // Where the answer to the commit of an earlier try was lost, it may have been committed.
      if (written && (await this.#jobs.hasEnded(em, claim))) return written;
      const { failures } = await this.#jobs.lockClaim(em, claim);
      const video = await em.findOneOrFail(Video, { id: claim.videoId });
      written = { ownerId: video.ownerId, result: await write(em, video, failures) };
      return written;
    }, until);
    this.#bus.publish({ ownerId, videoId: claim.videoId });
    return result;
  }
}

/** Uses the database's clock, as the event written with it does: a worker's clock may be wrong. */
async function factsOf(em: Em, { currentStage }: Video, error: AppError, traceId: string): Promise<VideoErrorFacts> {
  const { code, message, retriable } = error;
  const at = (await nowOf(em)).toISOString();
  return { code, message, stage: currentStage ?? null, retriable, at, traceId };
}
