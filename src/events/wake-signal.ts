/** Stores a wake-up that comes while nothing waits for it. */
export class WakeSignal {
  #isWoken = false;
  #awake: (() => void) | undefined;

  wake(): void {
    this.#isWoken = true;
    this.#awake?.();
  }

  /** False after a timeout without a wake-up. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#awake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const isWoken = this.#isWoken;
    this.#awake = undefined;
    this.#isWoken = false;
    return isWoken;
  }
}
