import type { PoolUsage } from '../db/pool-usage.ts';
import type { Logger } from './logger.ts';

export interface PoolMonitorOptions {
  readonly usage: Pick<PoolUsage, 'averagePercent' | 'leakedSeconds' | 'wasFull'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** 60 s by default. */
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;
/** Average use of the pool from which a burst may fill it. */
const WARNING_PERCENT = 80;

/** Warns in the log, for as long as it lasts, of a pool of connections that is too small or that loses connections. */
export class PoolMonitor {
  readonly #options: PoolMonitorOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PoolMonitorOptions) {
    this.#options = options;
  }

  open(): void {
    this.#timer = setInterval(() => this.check(), this.#options.everyMs ?? EVERY_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  check(): void {
    const { usage, logger } = this.#options;
    const { averagePercent, leakedSeconds } = usage;
    const fields = { part: 'database_pool', average_percent: averagePercent && Math.round(averagePercent) };
    if (usage.wasFull()) logger.warn(fields, 'all connections to the database were in use at once: further work waits');
    else if (averagePercent !== null && averagePercent > WARNING_PERCENT)
      logger.warn(
        fields,
        'most connections to the database are in use: raise DATABASE_POOL_MAX, or start more processes',
      );
    if (leakedSeconds.length > 0)
      logger.warn(
        { ...fields, held_seconds: leakedSeconds.map(Math.round) },
        'connections to the database have been held for over five minutes and may never be returned',
      );
  }
}
