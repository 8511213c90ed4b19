import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';

const POLL_INTERVAL_MS = 15;

/** Checks until `check` finds something; undefined when `timeoutMs` have passed. Throws CANCELED when `signal` aborts. */
export async function waitUntil<T>(
  check: () => Promise<T | undefined> | T | undefined,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (signal?.aborted) throw new AppError('CANCELED', 'Starting was cancelled.', { cause: signal.reason });
    const found = await check();
    if (found !== undefined || Date.now() > deadline) return found;
    await sleep(POLL_INTERVAL_MS);
  }
}
