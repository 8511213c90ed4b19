/** Adds up the parts of a work to one fraction that only rises, and that is 1 once and last. */
export class CombinedProgress {
  readonly #onProgress: ((fraction: number) => void) | undefined;
  readonly #done: number[] = [];
  #last = -1;

  constructor(onProgress: ((fraction: number) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  /** A part that is worth `share` of the whole; tell the returned function how much of it is done, 0 to 1. */
  part(share: number): (fraction: number) => void {
    const at = this.#done.push(0) - 1;
    return (fraction) => {
      this.#done[at] = Math.max(this.#done[at] ?? 0, share * Math.min(1, fraction));
      // Parts may add up to 1 before the work behind them is closed; only end() says so.
      this.#report(
        Math.min(
          0.999,
          this.#done.reduce((sum, part) => sum + part, 0),
        ),
      );
    };
  }

  /** The whole is done. */
  end(): void {
    this.#report(1);
  }

  #report(fraction: number): void {
    if (fraction <= this.#last) return;
    this.#last = fraction;
    this.#onProgress?.(fraction);
  }
}
