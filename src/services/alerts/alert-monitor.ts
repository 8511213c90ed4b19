import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import type { AlertEvaluation } from './alert-evaluation.ts';
import type { AlertReadings, HealthReadings, PartReadings } from './alert-readings.ts';
import { takeRound } from './alert-store.ts';
import type { DatabaseLoss } from './database-loss.ts';
import { failing } from './installation-causes.ts';

export interface AlertMonitorTimes {
  /** From the end of a round to the next one of this process; the first comes as much later as the start. */
  readonly everyMs: number;
  /** What fails is checked again three times, so far apart: one slow answer is no reason to wake anyone. */
  readonly recheckMs: number;
}

export const MONITOR_TIMES: AlertMonitorTimes = { everyMs: 30_000, recheckMs: 5_000 };

export interface AlertMonitorParts {
  readonly db: Database;
  readonly health: () => Promise<HealthReadings>;
  /** Everything but the health; what cannot be read is left out. */
  readonly read: () => Promise<Omit<AlertReadings, 'health'>>;
  readonly evaluation: Pick<AlertEvaluation, 'apply'>;
  readonly loss: Pick<DatabaseLoss, 'lost' | 'found'>;
  readonly times: AlertMonitorTimes;
  /** Called once, until a round succeeds again. */
  readonly onFault: (thrown: unknown) => void;
}

/** Rounds of processes that began at the same time are a little apart. */
const SPARE_SHARE = 1 / 6;
const RECHECKS = 3;

/** Looks for alerts every half minute. Runs in every process; each round is taken by one of them. */
export class AlertMonitor {
  readonly #parts: AlertMonitorParts;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isFaulty = false;

  constructor(parts: AlertMonitorParts) {
    this.#parts = parts;
  }

  open(): void {
    if (this.#closing.signal.aborted) return;
    const begin = () => {
      this.#round = this.#guarded().finally(() => this.open());
    };
    this.#timer = setTimeout(begin, this.#parts.times.everyMs).unref();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#round;
  }

  async #guarded(): Promise<void> {
    try {
      await this.#check();
      this.#isFaulty = false;
    } catch (thrown) {
      if (!this.#isFaulty && !this.#closing.signal.aborted) this.#parts.onFault(thrown);
      this.#isFaulty = true;
    }
  }

  async #check(): Promise<void> {
    const { db, read, evaluation, loss, times } = this.#parts;
    const health = await this.#confirmedHealth();
    if (this.#closing.signal.aborted) return;
    const [lost] = failing('postgresql', health.database, 'PostgreSQL') ?? [];
    if (lost) return await loss.lost(lost.message, this.#closing.signal);
    await loss.found();
    const spare = times.everyMs * SPARE_SHARE;
    if (!(await takeRound(db.sql(), (times.everyMs - spare) / 1_000))) return;
    await evaluation.apply({ ...(await read()), health });
  }

  /** A part is unhealthy where it was in every check. */
  async #confirmedHealth(): Promise<HealthReadings> {
    const { health, times } = this.#parts;
    const { signal } = this.#closing;
    let best = await health();
    for (let recheck = 0; recheck < RECHECKS && isFailing(best) && !signal.aborted; recheck++) {
      await sleep(times.recheckMs, undefined, { signal }).catch(() => undefined);
      best = betterOf(best, await health());
    }
    return best;
  }
}

function isFailing(health: HealthReadings): boolean {
  return Object.values(health).some(({ status }) => status === 'UNHEALTHY');
}

function betterOf(one: HealthReadings, other: HealthReadings): HealthReadings {
  const pick = <Part extends PartReadings>(first: Part, second: Part) =>
    second.status === 'UNHEALTHY' ? first : second;
  return {
    database: pick(one.database, other.database),
    redis: pick(one.redis, other.redis),
    ffmpeg: pick(one.ffmpeg, other.ffmpeg),
    storage: pick(one.storage, other.storage),
    workers: pick(one.workers, other.workers),
    disk: pick(one.disk, other.disk),
  };
}
