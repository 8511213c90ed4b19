import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertPriority } from '../../entities/enums.ts';
import { endingTogether, SnapshotWatch } from '../snapshot-watch.ts';
import type { AlertView } from './alert-reads-sql.ts';

export interface AlertWatchOptions {
  /** Those that are open, and those that were resolved within the last minutes. */
  readonly read: () => Promise<readonly AlertView[]>;
  /** Called when a read failed; the next one follows all the same. */
  readonly onFault: (thrown: unknown) => void;
}

type Changes = AsyncGenerator<AlertView, void, undefined>;

/** A notice may be lost with the connection to Redis, whose loss is an alert itself. */
const POLL_MS = 5_000;

/** Streams alerts as they are raised, acknowledged or resolved: at once where a process announces it (`wake`), else within seconds. */
export class AlertWatch {
  readonly #watch: SnapshotWatch<readonly AlertView[]>;

  constructor(options: AlertWatchOptions) {
    const pause = (signal: AbortSignal) => sleep(POLL_MS, undefined, { signal });
    this.#watch = new SnapshotWatch({ ...options, pause, signatureOf: (alerts) => alerts.map(stateOf).join() });
  }

  /** Of all priorities where none is given. */
  async open(priority?: AlertPriority | null): Promise<Changes> {
    const states = this.#watch.open();
    const first = await states.next();
    return endingTogether(changesOf(first.done ? [] : first.value, states, priority), states);
  }

  wake(): void {
    this.#watch.wake();
  }

  async close(): Promise<void> {
    await this.#watch.close();
  }
}

async function* changesOf(
  before: readonly AlertView[],
  states: AsyncIterable<readonly AlertView[]>,
  priority: AlertPriority | null | undefined,
): Changes {
  let known = new Map(before.map((alert) => [alert.id, stateOf(alert)]));
  for await (const alerts of states) {
    const changed = alerts.filter((alert) => known.get(alert.id) !== stateOf(alert));
    known = new Map(alerts.map((alert) => [alert.id, stateOf(alert)]));
    for (const alert of changed) if (priority == null || alert.priority === priority) yield alert;
  }
}

function stateOf({ id, state }: AlertView): string {
  return `${id} ${state}`;
}
