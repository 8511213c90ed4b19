import { canceled } from '../errors.ts';

/** A work with several waiters. It is called off when the last of them leaves, and not before. */
export class SingleFlight<T> {
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(fraction: number) => void>();
  readonly #result: Promise<T>;
  #waiters = 0;

  /** `work` reports how far it is, 0 to 1. */
  constructor(work: (signal: AbortSignal, onProgress: (fraction: number) => void) => Promise<T>) {
    this.#result = work(this.#abort.signal, (fraction) => {
      for (const listener of this.#listeners) listener(fraction);
    });
    // Each waiter gets the failure too; this only keeps it from counting as unhandled until the first one waits.
    this.#result.catch(() => undefined);
  }

  /** Everybody has left: nobody may wait for it any more. */
  get abandoned(): boolean {
    return this.#abort.signal.aborted;
  }

  /**
   * The result. A waiter whose signal aborts gets CANCELED: at once while others wait on, else when the work has ended
   * and cleaned up after itself.
   */
  async wait(signal: AbortSignal, onProgress: (fraction: number) => void): Promise<T> {
    this.#waiters += 1;
    this.#listeners.add(onProgress);
    const abortRejection = Promise.withResolvers<never>();
    const onAbort = (): void => {
      this.#listeners.delete(onProgress);
      this.#waiters -= 1;
      if (this.#waiters === 0) this.#abort.abort();
      else abortRejection.reject(canceled());
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      return await Promise.race([this.#result, abortRejection.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#listeners.delete(onProgress);
    }
  }
}
