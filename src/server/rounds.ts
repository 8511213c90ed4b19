/** Work that is done again and again, each time so many milliseconds after it has ended. */
export interface Round {
  readonly everyMs: number;
  /** Must not reject. */
  readonly run: () => Promise<void>;
}

/** Runs rounds, of which none overlaps itself, until they are stopped. They do not keep the process alive. */
export class Rounds {
  readonly #timers = new Map<Round, NodeJS.Timeout>();
  #stopped = false;

  constructor(rounds: readonly Round[]) {
    for (const round of rounds) this.#schedule(round);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #schedule(round: Round): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => void round.run().finally(() => this.#schedule(round)), round.everyMs);
    timer.unref();
    this.#timers.set(round, timer);
  }
}
