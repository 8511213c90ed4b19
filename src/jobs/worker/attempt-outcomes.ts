import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { AppError } from '../../errors.ts';
import type { JobStore } from '../queue/job-store.ts';
import type { Claim } from '../queue/lease.ts';
import { endingOf } from './job-kinds.ts';
import type { EndingParts, JobEnding } from './job-work.ts';
import { type RetryPolicy, retryDelay } from './retry-policy.ts';

export interface AttemptOutcomesParts extends EndingParts {
  readonly db: Database;
  readonly jobs: JobStore;
  readonly policy: RetryPolicy;
}

/**
 * Ends an attempt: once, under its lease, with quota, job and what it makes in one transaction. With `until` it waits for an
 * unreachable database until that signal is aborted.
 */
export class AttemptOutcomes {
  readonly #parts: AttemptOutcomesParts;

  constructor(parts: AttemptOutcomesParts) {
    this.#parts = parts;
  }

  /** For each stage. */
  get maxAttempts(): number {
    return this.#parts.policy.retries + 1;
  }

  async complete(claim: Claim, until?: AbortSignal): Promise<void> {
    await this.#end(
      claim,
      async (em, ending) => {
        await ending.complete(em);
        await this.#parts.jobs.finish(em, claim);
      },
      until,
    );
  }

  /** Plans the next attempt, or ends the run. `traceId` links the error that the client sees to the log. */
  async fail(claim: Claim, error: AppError, traceId: string, until?: AbortSignal): Promise<'RETRYING' | 'FAILED'> {
    const { jobs, policy } = this.#parts;
    return await this.#end(
      claim,
      async (em, ending, failures) => {
        const delaySeconds = retryDelay(error, failures, policy);
        if (delaySeconds !== null) {
          const { retries: maxRetries } = policy;
          await ending.planRetry(em, error, traceId, { delaySeconds, retry: failures + 1, maxRetries });
          await jobs.retryLater(em, claim, error, delaySeconds);
          return 'RETRYING';
        }
        await ending.fail(em, error, traceId);
        await jobs.fail(em, claim, error);
        return 'FAILED';
      },
      until,
    );
  }

  /** Ends the run even where the error is retriable: for a quarantined job. */
  async quarantine(claim: Claim, error: AppError, traceId: string): Promise<void> {
    await this.#end(claim, async (em, ending) => {
      await ending.fail(em, error, traceId);
      await this.#parts.jobs.quarantine(em, claim, error);
    });
  }

  async #end<T>(
    claim: Claim,
    write: (em: Em, ending: JobEnding, failures: number) => Promise<T>,
    until?: AbortSignal,
  ): Promise<T> {
    const { db, jobs } = this.#parts;
    const ending = endingOf(claim, this.#parts);
    let written: { readonly result: T } | undefined;
    const { result } = await db.transaction(async (em) => {
      // Where the answer to the commit of an earlier try was lost, it may have been committed.
      if (written && (await jobs.hasEnded(em, claim))) return written;
      const { failures } = await jobs.lockClaim(em, claim);
      written = { result: await write(em, ending, failures) };
      return written;
    }, until);
    ending.publish();
    return result;
  }
}
