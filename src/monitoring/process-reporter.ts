import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { withTimeout } from '../concurrency/timeout.ts';
import type { Database } from '../db/database.ts';
import type { Buckets } from '../histogram-window.ts';
import type { Logger } from './logger.ts';
import type { LoopDelay } from './loop-delay.ts';
import { Machine } from './machine-usage.ts';
import { poolFacts } from './pool-facts.ts';
import type { RecentMetrics } from './recent-figures.ts';

/** `all` is a process with an API and a worker. */
export type ProcessKind = 'all' | 'api' | 'worker';

/** What a process reports of itself. */
export type ProcessReading = Awaited<ReturnType<ProcessReporter['read']>>['reading'];

export interface ProcessReporterOptions {
  readonly kind: ProcessKind;
  readonly db: Database;
  readonly recent: Pick<RecentMetrics, 'read'>;
  readonly loopDelay: Pick<LoopDelay, 'p99Ms'>;
  /** Free space is that of its disk. */
  readonly dataDir: string;
  readonly store: ReadingStore;
  readonly logger: Pick<Logger, 'warn'>;
  readonly machine?: Pick<Machine, 'read'>;
  /** 30 s by default. */
  readonly everyMs?: number;
}

/** Where readings are kept. */
export interface ReadingStore {
  record(reading: ProcessReading): Promise<void>;
  addLatencies(kind: 'api' | 'sql', buckets: Buckets): Promise<void>;
  /** What was counted of operations. */
  addOperations(): Promise<void>;
  remove(processId: string): Promise<void>;
}

const EVERY_MS = 30_000;
const REMOVE_MS = 1_000;

/** Records in the background what this process reports of itself, so that one process can judge them all. */
export class ProcessReporter {
  readonly #options: ProcessReporterOptions;
  readonly #processId = randomUUID();
  readonly #machine: Pick<Machine, 'read'>;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isClosed = false;
  #isFailing = false;

  constructor(options: ProcessReporterOptions) {
    this.#options = options;
    this.#machine = options.machine ?? new Machine();
  }

  /** Begins with a round at once, without waiting for it. */
  open(): void {
    this.#round = this.#report().finally(() => {
      if (this.#isClosed) return;
      this.#timer = setTimeout(() => this.open(), this.#options.everyMs ?? EVERY_MS);
      this.#timer.unref();
    });
  }

  /** Never rejects. A reading that could not be removed is soon too old to count. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const removing = this.#round.then(() => this.#options.store.remove(this.#processId));
    const late = { milliseconds: REMOVE_MS, code: 'DATABASE_ERROR', message: 'The reading was not removed.' } as const;
    await withTimeout(late, removing).catch(() => undefined);
  }

  async read() {
    const { kind, db, recent, loopDelay, dataDir } = this.#options;
    const [pool, { latencies, slowestOperation, apiP95Ms, sqlP95Ms, requests, errors }, freeDiskPercent] =
      await Promise.all([poolFacts(db), recent.read(), freePercentOf(dataDir)]);
    const reading = {
      processId: this.#processId,
      host: hostname(),
      pid: process.pid,
      kind,
      ...this.#machine.read(),
      rssBytes: process.memoryUsage.rss(),
      freeDiskPercent,
      loopDelayMs: loopDelay.p99Ms,
      poolTotal: pool.total,
      poolUsed: pool.used,
      poolWaiting: pool.waiting,
      poolMax: pool.max,
      poolLeaked: pool.longRunning,
      requests,
      errors,
      apiLatencyMs: apiP95Ms,
      sqlLatencyMs: sqlP95Ms,
      slowestOperation: slowestOperation?.name ?? null,
      slowestSeconds: slowestOperation?.seconds ?? null,
    };
    return { reading, latencies };
  }

  /** Never rejects. Logs the first of several failures in a row; what could not be added to the day is lost. */
  async #report(): Promise<void> {
    const { store, logger } = this.#options;
    try {
      const { reading, latencies } = await this.read();
      await store.record(reading);
      await store.addLatencies('api', latencies.api);
      await store.addLatencies('sql', latencies.sql);
      await store.addOperations();
      this.#isFailing = false;
    } catch (thrown) {
      if (!this.#isFailing) logger.warn({ err: thrown }, 'could not record the figures of this process');
      this.#isFailing = true;
    }
  }
}

async function freePercentOf(folder: string): Promise<number | null> {
  return await statfs(folder).then(
    ({ bavail, blocks }) => (100 * bavail) / blocks,
    () => null,
  );
}
