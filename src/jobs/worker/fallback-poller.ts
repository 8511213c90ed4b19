/** How often a worker looks for work unasked: seldom while it can be rung for, each second while it cannot. */
const POLL_MS = { notified: 3_000, unnotified: 1_000 } as const;

export interface FallbackPollerParts {
  /** Whether rings reach this worker. */
  readonly isNotified: () => boolean;
  /** Begins to look; must not throw. */
  readonly poll: () => void;
}

/**
 * Looks for work that nobody rings for. Redis may be away, or it came back empty and the rings are gone, all of them at
 * once: that costs waiting until the next look, and nothing else.
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
    // A timer may come a little early.
    if (performance.now() < due - POLL_MS.unnotified / 10) return;
    this.#polledAt = performance.now();
    this.#parts.poll();
  }
}
