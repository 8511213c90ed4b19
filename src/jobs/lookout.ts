/** How often a worker looks for work unasked: seldom while it can be rung for, each second while it cannot. */
const LOOK_MS = { rungFor: 3_000, deaf: 1_000 } as const;

export interface LookoutParts {
  /** Whether rings reach this worker. */
  readonly isRungFor: () => boolean;
  /** Begins to look; must not throw. */
  readonly look: () => void;
}

/**
 * Looks for work that nobody rings for. Redis may be away, or it came back empty and the rings are gone, all of them at
 * once: that costs waiting until the next look, and nothing else.
 */
export class Lookout {
  readonly #parts: LookoutParts;
  #timer: NodeJS.Timeout | undefined;
  #lookedAt = performance.now();

  constructor(parts: LookoutParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), LOOK_MS.deaf);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const due = this.#lookedAt + (this.#parts.isRungFor() ? LOOK_MS.rungFor : LOOK_MS.deaf);
    // A timer may come a little early.
    if (performance.now() < due - LOOK_MS.deaf / 10) return;
    this.#lookedAt = performance.now();
    this.#parts.look();
  }
}
