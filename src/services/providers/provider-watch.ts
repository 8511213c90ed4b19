import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { endingTogether, SnapshotWatch } from '../snapshot-watch.ts';
import type { ProviderFacts } from './provider.service.ts';

export interface ProviderWatchOptions {
  readonly read: () => Promise<readonly ProviderFacts[]>;
  /** Called when a read failed; the next one follows all the same. */
  readonly onFault: (thrown: unknown) => void;
}

type Changes = AsyncGenerator<ProviderFacts, void, undefined>;

/** Health follows from calls, and a rest ends by itself: neither is announced. */
const POLL_MS = 5_000;

/** Streams the changes of providers: at once where a process announces one (`wake`), otherwise within some seconds. */
export class ProviderWatch {
  readonly #watch: SnapshotWatch<readonly ProviderFacts[]>;

  constructor(options: ProviderWatchOptions) {
    const pause = (signal: AbortSignal) => sleep(POLL_MS, undefined, { signal });
    this.#watch = new SnapshotWatch({
      ...options,
      pause,
      signatureOf: (state) => state.map(stateOf).join(),
    });
  }

  /**
   * A provider each time its health, circuit or one of its switches differs from what it was, the newest state where several
   * changes came at once. Of all, or of the named one. Throws NOT_FOUND.
   */
  async open(name?: string): Promise<Changes> {
    const states = this.#watch.open();
    const first = await states.next();
    if (!first.done && name !== undefined && !first.value.some((provider) => provider.name === name)) {
      await states.return();
      throw new AppError('NOT_FOUND', 'There is no such provider.');
    }
    return endingTogether(changesOf(first.done ? [] : first.value, states, name), states);
  }

  wake(): void {
    this.#watch.wake();
  }

  async close(): Promise<void> {
    await this.#watch.close();
  }
}

async function* changesOf(
  before: readonly ProviderFacts[],
  states: AsyncIterable<readonly ProviderFacts[]>,
  name: string | undefined,
): Changes {
  const known = new Map(before.map((provider) => [provider.name, stateOf(provider)]));
  for await (const state of states)
    for (const provider of state) {
      const isNew = known.get(provider.name) !== stateOf(provider);
      known.set(provider.name, stateOf(provider));
      if (isNew && (name === undefined || provider.name === name)) yield provider;
    }
}

function stateOf({ name, health, circuit, enabled, configured }: ProviderFacts): string {
  return `${name} ${health} ${circuit} ${enabled} ${configured}`;
}
