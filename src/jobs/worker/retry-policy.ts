import type { AppError } from '../../errors.ts';

export interface RetryPolicy {
  /** Attempts after the first, for each stage. */
  readonly retries: number;
  /** Before the first retry; it doubles with each further retry. */
  readonly firstDelaySeconds: number;
}

/** A job that was in the same stage when two workers crashed or hung is probably the cause. */
export const MAX_WORKER_CRASHES = 2;
/** Each delay is up to this much shorter or longer, so that attempts that failed together are not all retried together. */
const JITTER = 0.2;

/**
 * Seconds until the next attempt, or null where there is none: the error is not retriable, or the
 * retries are used up. `failures` counts those before this one; `random` gives 0 to 1.
 */
export function retryDelay(
  error: AppError,
  failures: number,
  { retries, firstDelaySeconds }: RetryPolicy,
  random: () => number = Math.random,
): number | null {
  if (!error.retriable || failures >= retries) return null;
  return firstDelaySeconds * 2 ** failures * (1 - JITTER + 2 * JITTER * random());
}
