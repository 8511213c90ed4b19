import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { readerOf } from '../../db/prepared.ts';
import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import { AppError } from '../../errors.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import { WakeSignal } from '../../events/wake-signal.ts';
import { GenerationReads } from './generation-reads.ts';
import type { GenerationView } from './generation-reads-sql.ts';

/** Poll intervals while there is no notification: long with the bus, short without it. */
const POLL_MS = { connected: 3_000, lost: 500 } as const;

type Changes = AsyncGenerator<GenerationView, void, undefined>;

/** Follows generations until they have ended, in whichever process they are made. Reads the primary database. */
export class GenerationFeed {
  readonly #reads: GenerationReads;
  readonly #bus: Pick<EventBus, 'connected' | 'subscribe'>;
  readonly #closing = new AbortController();

  constructor(db: Database, bus: Pick<EventBus, 'connected' | 'subscribe'>) {
    this.#reads = new GenerationReads(readerOf(db));
    this.#bus = bus;
  }

  /** The current state at once, then each change; ends after COMPLETED, FAILED or UNCERTAIN. Throws NOT_FOUND. */
  async watch(viewer: Viewer, id: string): Promise<Changes> {
    if (!(await this.#reads.find(viewer, id))) throw new AppError('NOT_FOUND', 'There is no such generation.');
    const ending = new AbortController();
    const changes = this.#changes(viewer, id, ending.signal);
    const end = changes.return.bind(changes);
    // A generator that waits handles return() only once it is woken: aborting wakes it.
    changes.return = (value) => {
      ending.abort();
      return end(value);
    };
    return changes;
  }

  /** The generation once it has ended, or as it is after the time, or when the process stops. Null where there is none. */
  async ended(viewer: Viewer, id: string, milliseconds: number): Promise<GenerationView | null> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(milliseconds)]);
    for await (const generation of this.#changes(viewer, id, signal))
      if (generation.status !== 'PENDING') return generation;
    return await this.#reads.find(viewer, id);
  }

  /** Callers of `ended` get what there is now. */
  stopWaiting(): void {
    this.#closing.abort();
  }

  async *#changes(viewer: Viewer, id: string, signal: AbortSignal): Changes {
    const wakeSignal = new WakeSignal();
    // Subscribed before the first read: a change between the two is found by one of them.
    const unsubscribe = this.#bus.subscribe({ generationId: id }, () => wakeSignal.wake());
    const onAbort = () => wakeSignal.wake();
    signal.addEventListener('abort', onAbort, { once: true });
    let seen: string | undefined;
    try {
      while (!signal.aborted) {
        const state = await this.#read(viewer, id, signal);
        if (state === null) return;
        if (state.signature !== seen) yield state.generation;
        seen = state.signature;
        if (state.generation.status !== 'PENDING') return;
        await wakeSignal.wait(this.#bus.connected ? POLL_MS.connected : POLL_MS.lost);
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      unsubscribe();
    }
  }

  /** An unreachable database ends no stream. Null where there is no such generation, or the client has left. */
  async #read(viewer: Viewer, id: string, signal: AbortSignal) {
    try {
      return await retryWhileUnreachable(signal, async () => {
        const generation = await this.#reads.find(viewer, id);
        if (generation === null) return null;
        const attempts = await this.#reads.attemptsOf([id]);
        return { generation, signature: JSON.stringify([generation, attempts]) };
      });
    } catch (thrown) {
      if (signal.aborted) return null;
      throw thrown;
    }
  }
}
