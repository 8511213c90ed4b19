import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';

const LOOK_AGAIN_MS = 15;

/** Looks until `look` finds something; undefined when `patienceMs` have passed. Throws CANCELED when `signal` aborts. */
export async function waitUntil<T>(
  look: () => Promise<T | undefined> | T | undefined,
  patienceMs: number,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    if (signal?.aborted) throw new AppError('CANCELED', 'Starting was cancelled.', { cause: signal.reason });
    const found = await look();
    if (found !== undefined || Date.now() > deadline) return found;
    await sleep(LOOK_AGAIN_MS);
  }
}
