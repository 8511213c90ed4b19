export interface FairSlotsOptions {
  /** Tasks that run at once. */
  readonly slots: number;
  /** Tasks that may wait, of all keys together. */
  readonly maxWaiting: number;
  /** The error of a task that may not wait. */
  readonly refuse: () => Error;
}

interface Waiter {
  begin(): void;
  refuse(): void;
}

/**
 * Runs a few tasks at once and lets others wait. Those that wait take turns by key, so that a key with many tasks delays one of
 * another key by at most one task per slot. Where too many wait, the last task of the key with most of them is refused.
 */
export class FairSlots {
  readonly #options: FairSlotsOptions;
  /** By key, the next one first. */
  readonly #waiting = new Map<string, Waiter[]>();
  #waitingCount = 0;
  #running = 0;

  constructor(options: FairSlotsOptions) {
    this.#options = options;
  }

  /** Rejects with the error of `refuse` where the task may not wait. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    if (this.#running < this.#options.slots) this.#running++;
    else await this.#wait(key);
    try {
      return await task();
    } finally {
      this.#release();
    }
  }

  #wait(key: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.#waiting.get(key) ?? [];
      this.#waiting.set(key, queue);
      queue.push({ begin: resolve, refuse: () => reject(this.#options.refuse()) });
      if (++this.#waitingCount > this.#options.maxWaiting) this.#refuseOne();
    });
  }

  /** The slot goes directly to the task whose turn it is. */
  #release(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#running--;
      return;
    }
    const [key, queue] = next;
    const waiter = queue.shift();
    this.#waitingCount--;
    // Behind the other keys.
    this.#waiting.delete(key);
    if (queue.length > 0) this.#waiting.set(key, queue);
    waiter?.begin();
  }

  #refuseOne(): void {
    let longest: readonly [string, Waiter[]] | undefined;
    for (const entry of this.#waiting) if (!longest || entry[1].length > longest[1].length) longest = entry;
    if (!longest) return;
    const [key, queue] = longest;
    const refused = queue.pop();
    this.#waitingCount--;
    if (queue.length === 0) this.#waiting.delete(key);
    refused?.refuse();
  }
}
