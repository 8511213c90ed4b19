import { setTimeout as sleep } from 'node:timers/promises';
import { isUnreachable } from './database-errors.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/**
 * Does it, and again and again while the database is away; then throws the signal's reason once that is aborted. What is no
 * fault of the connection is thrown at once. A statement whose answer was lost may have been done: only for what may be done twice.
 */
export async function retryWhileUnreachable<T>(until: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (thrown) {
      if (!isUnreachable(thrown)) throw thrown;
      await sleep(pause, undefined, { signal: until }).catch(() => undefined);
      until.throwIfAborted();
    }
  }
}
