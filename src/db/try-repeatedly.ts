import { setTimeout as sleep } from 'node:timers/promises';
import { isDropped, isDuplicate, isRetriable } from './database-errors.ts';

const TRIES = 4;
const PAUSE_MS = 20;

/**
 * Runs an attempt at a transaction again where that may succeed; `run` sets whether it failed while it was committing. With `findsCommit` it
 * detects an earlier attempt that was committed.
 */
export async function tryRepeatedly<T>(
  run: (attempt: number, state: { committing: boolean }) => Promise<T>,
  { findsCommit }: { readonly findsCommit: boolean },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const state = { committing: false };
    try {
      return await run(attempt, state);
    } catch (thrown) {
      const isWorthIt =
        isRetriable(thrown) ||
        (isDropped(thrown) && (findsCommit || !state.committing)) ||
        (isDuplicate(thrown) && findsCommit && attempt > 1);
      if (attempt >= TRIES || !isWorthIt) throw thrown;
      // A random pause, so that two transactions that deadlocked do not deadlock again.
      await sleep(attempt * PAUSE_MS * Math.random());
    }
  }
}
