import { canceled } from '../errors.ts';

/** One operation with several waiters. It is aborted when the last of them aborts, and not before. */
export class SingleFlight<T> {
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(fraction: number) => void>();
  readonly #result: Promise<T>;
  #waiters = 0;

  /** `work` reports its progress, 0 to 1. */
  constructor(work: (signal: AbortSignal, onProgress: (fraction: number) => void) => Promise<T>) {
    this.#result = work(this.#abort.signal, (fraction) => {
      for (const listener of this.#listeners) listener(fraction);
    });
    // Each waiter gets the error too; this only prevents an unhandled rejection before the first one waits.
    this.#result.catch(() => undefined);
  }

  /** True when all waiters have aborted: it takes no further waiters. */
  get abandoned(): boolean {
    return this.#abort.signal.aborted;
  }

  /**
   * Waits for the result. A waiter whose signal aborts gets CANCELED: immediately if others are waiting, otherwise when
   * the operation has ended and cleaned up.
   */
  async wait(signal: AbortSignal, onProgress: (fraction: number) => void): Promise<T> {
    this.#waiters += 1;
    this.#listeners.add(onProgress);
    const abortRejection = Promise.withResolvers<never>();
    const onAbort = (): void => {
      this.#listeners.delete(onProgress);
      this.#waiters -= 1;
      if (this.#waiters === 0) this.#abort.abort();
      else abortRejection.reject(canceled(signal));
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
