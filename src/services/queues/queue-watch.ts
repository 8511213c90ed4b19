import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueFacts } from './queue-stats.ts';

export type QueueSnapshot = readonly QueueFacts[];

export interface QueueWatchOptions {
  readonly read: () => Promise<QueueSnapshot>;
  /** Told when a look failed; the next one is taken all the same. */
  readonly onFault: (thrown: unknown) => void;
  /** Resolves when it is time for the next look; rejects with the signal. A second where left out. */
  readonly pause?: (signal: AbortSignal) => Promise<unknown>;
}

const POLL_MS = 1_000;

/**
 * The queues as they change, for whoever watches. All watchers of a process share one look a second, and nobody looks
 * while nobody watches.
 */
export class QueueWatch {
  readonly #options: QueueWatchOptions;
  readonly #watchers = new Set<Watcher>();
  #latest: QueueSnapshot | undefined;
  #ending: AbortController | undefined;
  #polling: Promise<void> = Promise.resolve();

  constructor(options: QueueWatchOptions) {
    this.#options = options;
  }

  /** The present state at once, then each state whose counts differ from what this watcher has seen, at most once a look. */
  open(): AsyncGenerator<QueueSnapshot, void, undefined> {
    const watcher = new Watcher();
    const states = this.#snapshotsFor(watcher);
    const end = states.return.bind(states);
    // A generator that waits only notices return() once it is woken.
    states.return = (value) => {
      watcher.leave();
      return end(value);
    };
    return states;
  }

  /** Ends every stream, and resolves when nobody looks any more. */
  async close(): Promise<void> {
    for (const watcher of this.#watchers) watcher.leave();
    this.#ending?.abort();
    await this.#polling;
  }

  async *#snapshotsFor(watcher: Watcher): AsyncGenerator<QueueSnapshot, void, undefined> {
    this.#addWatcher(watcher);
    try {
      for (let state = await watcher.next(); state; state = await watcher.next()) yield state;
    } finally {
      this.#removeWatcher(watcher);
    }
  }

  #addWatcher(watcher: Watcher): void {
    this.#watchers.add(watcher);
    // What was seen since the last look counts as this watcher's look: the next follows it by a whole pause.
    if (this.#latest) watcher.receive(this.#latest, 'early');
    if (this.#ending) return;
    const ending = new AbortController();
    this.#ending = ending;
    this.#polling = this.#polling.then(() => this.#poll(ending.signal));
  }

  #removeWatcher(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#ending?.abort();
    this.#ending = undefined;
    this.#latest = undefined;
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { read, onFault, pause = waitOneSecond } = this.#options;
    while (!signal.aborted) {
      try {
        const state = await read();
        if (signal.aborted) return;
        this.#latest = state;
        for (const watcher of this.#watchers) watcher.receive(state);
      } catch (thrown) {
        onFault(thrown);
      }
      // Ending is all that a pause can be interrupted by, and the loop asks for that itself.
      await pause(signal).catch(() => undefined);
    }
  }
}

async function waitOneSecond(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, { signal });
}

/** One stream: holds the newest state that it has not given yet, so that who reads slowly gets the newest and no queue grows. */
class Watcher {
  #delivered: string | undefined;
  #held: QueueSnapshot | undefined;
  #ignoresNext = false;
  #left = false;
  #wake: () => void = () => undefined;

  /** `early` is a state from between two looks; the look after it is passed over, as it may follow within the second. */
  receive(state: QueueSnapshot, when?: 'early'): void {
    const skips = this.#ignoresNext;
    this.#ignoresNext = when === 'early';
    if (skips) return;
    this.#held = countsOf(state) === this.#delivered ? undefined : state;
    if (this.#held) this.#wake();
  }

  leave(): void {
    this.#left = true;
    this.#wake();
  }

  /** Null once it was left. */
  async next(): Promise<QueueSnapshot | null> {
    while (!this.#left && !this.#held) await new Promise<void>((resolve) => (this.#wake = resolve));
    const state = this.#held;
    if (this.#left || !state) return null;
    this.#held = undefined;
    this.#delivered = countsOf(state);
    return state;
  }
}

/** What has to move to be worth an event: ages and rates move by themselves while nothing happens. */
function countsOf(state: QueueSnapshot): string {
  return JSON.stringify(
    state.map(({ oldestWaitingSeconds: _age, failureRate: _rate, throughputPerMinute: _pace, ...counts }) => counts),
  );
}
