export interface PollingRelayParts {
  /** Between two readings that nothing has triggered. */
  readonly pollMs: number;
  /** After each reading that has left nothing due: what is triggered in this time is read together. None by default. */
  readonly restMs?: number;
  /** Does what is due, or a part of it; true where more may be due. */
  readonly work: () => Promise<boolean>;
  /** What `work` has thrown; the next poll tries again. */
  readonly onFault: (thrown: unknown) => void;
}

/** Works through a table: at once when triggered, else at each poll; never twice at the same time. The first trigger begins it. */
export class PollingRelay {
  readonly #parts: PollingRelayParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isTriggered = false;
  #closed = false;

  constructor(parts: PollingRelayParts) {
    this.#parts = parts;
  }

  /** Reads the table now. */
  trigger(): void {
    this.#isTriggered = true;
    if (!this.#closed) this.#running ??= this.#run();
  }

  /** Waits for the work that is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    const { work, onFault, pollMs, restMs } = this.#parts;
    try {
      while (this.#isTriggered && !this.#closed) {
        this.#isTriggered = false;
        if (await work()) this.#isTriggered = true;
        else if (restMs !== undefined) await new Promise((resolve) => setTimeout(resolve, restMs));
      }
    } catch (thrown) {
      onFault(thrown);
    } finally {
      this.#running = undefined;
      if (!this.#closed) this.#timer = setTimeout(() => this.trigger(), pollMs);
    }
  }
}
