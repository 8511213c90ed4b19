/** Detects a client that has left more than `unsentBytes` unread for longer than `slowMs`. */
export class SlowReaderDetector {
  readonly #unsentBytes: number;
  readonly #slowMs: number;
  #since: number | undefined;

  constructor({ unsentBytes, slowMs }: { readonly unsentBytes: number; readonly slowMs: number }) {
    this.#unsentBytes = unsentBytes;
    this.#slowMs = slowMs;
  }

  /** Call it at intervals; `now` is in milliseconds of a monotonic clock. */
  isTooSlow(unsent: number, now = performance.now()): boolean {
    if (unsent <= this.#unsentBytes) this.#since = undefined;
    else this.#since ??= now;
    return this.#since !== undefined && now - this.#since >= this.#slowMs;
  }
}
