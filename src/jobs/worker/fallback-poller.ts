/** The interval of polling: long while notifications reach this worker, one second while they do not. */
const POLL_MS = { notified: 3_000, unnotified: 1_000 } as const;

export interface FallbackPollerParts {
  /** Whether notifications reach this worker. */
  readonly isNotified: () => boolean;
  /** Starts a poll; must not throw. */
  readonly poll: () => void;
}

/**
 * Polls for jobs whose notification does not arrive. Redis may be unreachable, or have lost all its notifications in a restart:
 * then jobs only wait until the next poll.
 */
export class FallbackPoller {
  readonly #parts: FallbackPollerParts;
  #timer: NodeJS.Timeout | undefined;
  #polledAt = performance.now();

  constructor(parts: FallbackPollerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), POLL_MS.unnotified);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const due = this.#polledAt + (this.#parts.isNotified() ? POLL_MS.notified : POLL_MS.unnotified);
    // A timer may fire a little early.
    if (performance.now() < due - POLL_MS.unnotified / 10) return;
    this.#polledAt = performance.now();
    this.#parts.poll();
  }
}
