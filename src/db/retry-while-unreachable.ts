import { setTimeout as sleep } from 'node:timers/promises';
import { isUnreachable } from './database-errors.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/**
 * Runs it, and repeats it while the database is unreachable; throws the signal's reason once that is aborted. Errors other than
 * those of the connection are thrown at once. A statement whose answer was lost may have been executed: use it only for work that may
 * be done twice.
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
