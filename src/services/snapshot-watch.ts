import { setTimeout as sleep } from 'node:timers/promises';

export interface SnapshotWatchOptions<Snapshot> {
  readonly read: () => Promise<Snapshot>;
  /** The values whose change causes an event. */
  readonly signatureOf: (state: Snapshot) => string;
  /** Called when a read failed; the next one follows all the same. */
  readonly onFault: (thrown: unknown) => void;
  /** Resolves when it is time for the next read; rejects with the signal. A second by default. */
  readonly pause?: (signal: AbortSignal) => Promise<unknown>;
}

const POLL_MS = 1_000;

/**
 * Streams the changes of a state. All watchers of a process share one read at a time, and there are no reads without
 * watchers.
 */
export class SnapshotWatch<Snapshot> {
  readonly #options: SnapshotWatchOptions<Snapshot>;
  readonly #watchers = new Set<Watcher<Snapshot>>();
  #latest: Snapshot | undefined;
  /** Ends the pause before the next read; replaced before each read, so that a change during the read is not missed. */
  #waking = new AbortController();
  #ending: AbortController | undefined;
  #polling: Promise<void> = Promise.resolve();

  constructor(options: SnapshotWatchOptions<Snapshot>) {
    this.#options = options;
  }

  /** The current state at once, then each state whose counts differ from the last one of this watcher, at most once a read. */
  open(): AsyncGenerator<Snapshot, void, undefined> {
    const watcher = new Watcher(this.#options.signatureOf);
    const states = this.#snapshotsFor(watcher);
    const end = states.return.bind(states);
    // A waiting generator only handles return() once it resumes.
    states.return = (value) => {
      watcher.leave();
      return end(value);
    };
    return states;
  }

  /** Something may have changed: the next read follows at once. */
  wake(): void {
    this.#waking.abort();
  }

  /** Ends every stream, and resolves when no read is in progress. */
  async close(): Promise<void> {
    for (const watcher of this.#watchers) watcher.leave();
    this.#ending?.abort();
    await this.#polling;
  }

  async *#snapshotsFor(watcher: Watcher<Snapshot>): AsyncGenerator<Snapshot, void, undefined> {
    this.#addWatcher(watcher);
    try {
      for (let state = await watcher.next(); state; state = await watcher.next()) yield state;
    } finally {
      this.#removeWatcher(watcher);
    }
  }

  #addWatcher(watcher: Watcher<Snapshot>): void {
    this.#watchers.add(watcher);
    // A state read since the last interval counts as this watcher's read: the next follows after a whole pause.
    if (this.#latest) watcher.receive(this.#latest, 'early');
    if (this.#ending) return;
    const ending = new AbortController();
    this.#ending = ending;
    this.#polling = this.#polling.then(() => this.#poll(ending.signal));
  }

  #removeWatcher(watcher: Watcher<Snapshot>): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#ending?.abort();
    this.#ending = undefined;
    this.#latest = undefined;
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { read, onFault, pause = waitOneSecond } = this.#options;
    while (!signal.aborted) {
      const when = this.#waking.signal.aborted ? 'requested' : undefined;
      this.#waking = new AbortController();
      try {
        const state = await read();
        if (signal.aborted) return;
        this.#latest = state;
        for (const watcher of this.#watchers) watcher.receive(state, when);
      } catch (thrown) {
        onFault(thrown);
      }
      // The end and `wake` interrupt a pause, and the loop checks for the end itself.
      await pause(AbortSignal.any([signal, this.#waking.signal])).catch(() => undefined);
    }
  }
}

/** The changes that a generator makes of the states of a watch, so that ending them ends the states. `onEnd` is called once. */
export function endingTogether<Change>(
  changes: AsyncGenerator<Change, void, undefined>,
  states: AsyncGenerator<unknown, void, undefined>,
  onEnd: () => void = () => undefined,
): AsyncGenerator<Change, void, undefined> {
  const end = changes.return.bind(changes);
  let hasEnded = false;
  changes.return = async (value) => {
    if (!hasEnded) onEnd();
    hasEnded = true;
    // A waiting generator only handles return() once it resumes, and then with the end of what it waits for.
    await states.return();
    return await end(value);
  };
  return changes;
}

async function waitOneSecond(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, { signal });
}

/** One stream: holds only the newest state that was not emitted, so that a slow reader gets the newest and memory does not grow. */
class Watcher<Snapshot> {
  readonly #signatureOf: (state: Snapshot) => string;
  #delivered: string | undefined;
  #held: Snapshot | undefined;
  #ignoresNext = false;
  #left = false;
  #wake: () => void = () => undefined;

  constructor(signatureOf: (state: Snapshot) => string) {
    this.#signatureOf = signatureOf;
  }

  /**
   * `early` is a state from between two reads; the read after it is skipped, as it may follow within the second, unless it was
   * requested because something has changed.
   */
  receive(state: Snapshot, when?: 'early' | 'requested'): void {
    const skips = this.#ignoresNext && when !== 'requested';
    this.#ignoresNext = when === 'early';
    if (skips) return;
    this.#held = this.#signatureOf(state) === this.#delivered ? undefined : state;
    if (this.#held) this.#wake();
  }

  leave(): void {
    this.#left = true;
    this.#wake();
  }

  /** Null once the stream is closed. */
  async next(): Promise<Snapshot | null> {
    while (!this.#left && !this.#held) await new Promise<void>((resolve) => (this.#wake = resolve));
    const state = this.#held;
    if (this.#left || !state) return null;
    this.#held = undefined;
    this.#delivered = this.#signatureOf(state);
    return state;
  }
}
