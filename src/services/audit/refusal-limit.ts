import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
/** Refusals of one user that are recorded in a minute; the rest are counted. */
const MOST_A_MINUTE = 20;
/** Users whose refusals are counted at once. */
const MAX_USERS = 10_000;

interface Count {
  readonly since: number;
  recorded: number;
  suppressed: number;
}

/** Keeps one account from filling the audit log with acts that it may not do. */
export class RefusalLimit {
  readonly #counts = new LRUCache<string, Count>({ max: MAX_USERS });
  readonly #onSuppressed: (userId: string, count: number) => void;

  /** `onSuppressed` gets the number of refusals of a user that were not recorded, once for each minute that had any. */
  constructor(onSuppressed: (userId: string, count: number) => void) {
    this.#onSuppressed = onSuppressed;
  }

  /** Whether this refusal is to be recorded. */
  allows(userId: string, now = Date.now()): boolean {
    const known = this.#counts.get(userId);
    const count = known && now - known.since < WINDOW_MS ? known : this.#next(userId, known, now);
    if (count.recorded < MOST_A_MINUTE) {
      count.recorded++;
      return true;
    }
    // The first is reported at once, so that a flood is seen while it lasts.
    if (++count.suppressed === 1) this.#onSuppressed(userId, 1);
    return false;
  }

  #next(userId: string, before: Count | undefined, now: number): Count {
    if (before && before.suppressed > 1) this.#onSuppressed(userId, before.suppressed);
    const count = { since: now, recorded: 0, suppressed: 0 };
    this.#counts.set(userId, count);
    return count;
  }
}
