/** Adds up the progress of several parts to one fraction that only increases and reaches 1 exactly once, at the end. */
export class CombinedProgress {
  readonly #onProgress: ((fraction: number) => void) | undefined;
  readonly #done: number[] = [];
  #last = -1;

  constructor(onProgress: ((fraction: number) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  /** Adds a part that is worth `share` of the whole; call the returned function with its progress, 0 to 1. */
  part(share: number): (fraction: number) => void {
    const at = this.#done.push(0) - 1;
    return (fraction) => {
      this.#done[at] = Math.max(this.#done[at] ?? 0, share * Math.min(1, fraction));
      // Parts may add up to 1 before their work has ended; only end() reports 1.
      this.#report(
        Math.min(
          0.999,
          this.#done.reduce((sum, part) => sum + part, 0),
        ),
      );
    };
  }

  /** Reports that the whole is finished. */
  end(): void {
    this.#report(1);
  }

  #report(fraction: number): void {
    if (fraction <= this.#last) return;
    this.#last = fraction;
    this.#onProgress?.(fraction);
  }
}
