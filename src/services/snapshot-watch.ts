import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueFacts } from './queue-stats-sql.ts';

export type QueueSnapshot = readonly QueueFacts[];

export interface QueueWatchOptions {
  readonly read: () => Promise<QueueSnapshot>;
  /** Called when a read failed; the next one follows all the same. */
  readonly onFault: (thrown: unknown) => void;
  /** Resolves when it is time for the next read; rejects with the signal. A second where left out. */
  readonly pause?: (signal: AbortSignal) => Promise<unknown>;
}

const POLL_MS = 1_000;

/**
 * Streams the changes of the queues. All watchers of a process share one read a second, and there are no reads without
 * watchers.
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

  /** The current state at once, then each state whose counts differ from the last one of this watcher, at most once a read. */
  open(): AsyncGenerator<QueueSnapshot, void, undefined> {
    const watcher = new Watcher();
    const states = this.#snapshotsFor(watcher);
    const end = states.return.bind(states);
    // A waiting generator only handles return() once it resumes.
    states.return = (value) => {
      watcher.leave();
      return end(value);
    };
    return states;
  }

  /** Ends every stream, and resolves when no read is in progress. */
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
    // A state read since the last interval counts as this watcher's read: the next follows after a whole pause.
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
      // Only the end can interrupt a pause, and the loop checks for that itself.
      await pause(signal).catch(() => undefined);
    }
  }
}

async function waitOneSecond(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, { signal });
}

/** One stream: holds only the newest state that was not emitted, so that a slow reader gets the newest and memory does not grow. */
class Watcher {
  #delivered: string | undefined;
  #held: QueueSnapshot | undefined;
  #ignoresNext = false;
  #left = false;
  #wake: () => void = () => undefined;

  /** `early` is a state from between two reads; the read after it is skipped, as it may follow within the second. */
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

  /** Null once the stream is closed. */
  async next(): Promise<QueueSnapshot | null> {
    while (!this.#left && !this.#held) await new Promise<void>((resolve) => (this.#wake = resolve));
    const state = this.#held;
    if (this.#left || !state) return null;
    this.#held = undefined;
    this.#delivered = countsOf(state);
    return state;
  }
}

/** The values whose change causes an event: ages and rates change continuously. */
function countsOf(state: QueueSnapshot): string {
  return JSON.stringify(
    state.map(({ oldestWaitingSeconds: _age, failureRate: _rate, throughputPerMinute: _pace, ...counts }) => counts),
  );
}
