import { setTimeout as sleep } from 'node:timers/promises';
import { endingTogether, SnapshotWatch } from '../snapshot-watch.ts';
import type { QuotaFacts } from './quota.service.ts';

export interface QuotaWatchOptions {
  readonly read: (userId: string) => Promise<readonly QuotaFacts[]>;
  /** False while notices of changes do not arrive. */
  readonly isNotified: () => boolean;
  /** Called when a read failed; the next one follows all the same. */
  readonly onFault: (thrown: unknown) => void;
}

type Changes = AsyncGenerator<QuotaFacts, void, undefined>;

/** A notice may be lost with the connection to Redis. */
const POLL_MS = { notified: 15_000, alone: 1_000 } as const;
/** A period has ended for the database a little later than for this clock, or a little earlier. */
const AFTER_RESET_MS = 50;

interface UserWatch {
  readonly watch: SnapshotWatch<readonly QuotaFacts[]>;
  streams: number;
}

/** Streams the changes of users' quotas: at once where a process announces one (`wake`), and when a period ends. */
export class QuotaWatch {
  readonly #options: QuotaWatchOptions;
  readonly #users = new Map<string, UserWatch>();

  constructor(options: QuotaWatchOptions) {
    this.#options = options;
  }

  /** Each quota of the user at once, then each whenever it differs from what it was; the newest state where several changes came at once. */
  open(userId: string): Changes {
    const user = this.#users.get(userId) ?? { watch: this.#watchOf(userId), streams: 0 };
    this.#users.set(userId, user);
    user.streams++;
    const states = user.watch.open();
    return endingTogether(changesOf(states), states, () => {
      user.streams--;
      if (user.streams === 0 && this.#users.get(userId) === user) this.#users.delete(userId);
    });
  }

  /** Of a user, or of all where the id is empty. */
  wake(userId: string): void {
    const users = userId === '' ? [...this.#users.values()] : [this.#users.get(userId)];
    for (const user of users) user?.watch.wake();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#users.values()].map(({ watch }) => watch.close()));
    this.#users.clear();
  }

  #watchOf(userId: string): SnapshotWatch<readonly QuotaFacts[]> {
    const { read, isNotified, onFault } = this.#options;
    let nextReset = Number.POSITIVE_INFINITY;
    return new SnapshotWatch({
      async read() {
        const quotas = await read(userId);
        nextReset = Math.min(...quotas.map(({ resetAt }) => resetAt.getTime()));
        return quotas;
      },
      signatureOf: (quotas) => quotas.map(stateOf).join(),
      onFault,
      pause: (signal) => {
        const most = isNotified() ? POLL_MS.notified : POLL_MS.alone;
        const untilReset = Math.max(0, nextReset - Date.now()) + AFTER_RESET_MS;
        return sleep(Math.min(most, untilReset), undefined, { signal });
      },
    });
  }
}

async function* changesOf(states: AsyncIterable<readonly QuotaFacts[]>): Changes {
  const known = new Map<string, string>();
  for await (const state of states)
    for (const quota of state) {
      const key = `${quota.type} ${quota.period}`;
      const isNew = known.get(key) !== stateOf(quota);
      known.set(key, stateOf(quota));
      if (isNew) yield quota;
    }
}

function stateOf({ type, period, limit, used, reserved, resetAt }: QuotaFacts): string {
  return `${type} ${period} ${limit} ${used} ${reserved} ${resetAt.getTime()}`;
}
