/** Says when a reader has left more than so many bytes unread for longer than so long. */
export class SlowReaderDetector {
  readonly #unsentBytes: number;
  readonly #slowMs: number;
  #since: number | undefined;

  constructor({ unsentBytes, slowMs }: { readonly unsentBytes: number; readonly slowMs: number }) {
    this.#unsentBytes = unsentBytes;
    this.#slowMs = slowMs;
  }

  /** To be asked now and then; `now` is in milliseconds of any steady clock. */
  isTooSlow(unsent: number, now = performance.now()): boolean {
    if (unsent <= this.#unsentBytes) this.#since = undefined;
    else this.#since ??= now;
    return this.#since !== undefined && now - this.#since >= this.#slowMs;
  }
}
