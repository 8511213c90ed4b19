import { statfs } from 'node:fs/promises';
import { withTimeout } from '../concurrency/timeout.ts';
import type { Database } from '../db/database.ts';
import { errorCodeOf, isUnreachable } from '../db/database-errors.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { readWorkload } from './health-sql.ts';
import { poolFacts } from './pool-facts.ts';

export type HealthStatus = 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY' | 'UNKNOWN';

/** The checks; each throws where its part does not work. */
export interface HealthPorts {
  readonly db: Database;
  readonly redis: { ping(): Promise<{ latencyMs: number; memoryBytes: number | null }> };
  readonly ffmpeg: { version(maxAgeMs: number): Promise<{ version: string }> };
  /** A sentence about a music file of the user's that can no longer be read, or null. */
  readonly music: { problem(): Promise<string | null> };
  readonly storage: { check(): Promise<void> };
  /** Those without a key, or disabled, are not counted. */
  readonly providers: {
    list(): Promise<
      readonly {
        readonly health: HealthStatus;
        readonly configured: boolean;
        readonly enabled: boolean;
        readonly capabilities: readonly string[];
      }[]
    >;
  };
  readonly dataDir: string;
  readonly version: string;
}

/** Free disk in percent below which there is a warning, and below which the core cannot continue. */
const DISK_WARNING_PERCENT = 20;
const DISK_CRITICAL_PERCENT = 10;
const CACHE_MS = 2_000;
/** FFmpeg is started anew in each round of the background check, and for requests no more often. */
const FFMPEG_CACHE_MS = 25_000;
/** Without a provider for each of these no film can be made; the others add something to a film. */
const REQUIRED_CAPABILITIES = ['TEXT', 'SPEECH', 'IMAGE'] as const;
/** A part that takes longer to answer counts as failed. */
const CHECK_MS = 1_000;
const TOO_SLOW = `It does not answer within ${CHECK_MS / 1_000} s.`;

export type HealthChecks = Awaited<ReturnType<HealthService['checks']>>;

/** State of the installation. Checks are shared: requests within two seconds cause one check. */
export class HealthService {
  readonly #ports: HealthPorts;
  readonly #begun = Date.now();
  #cachedChecks: { readonly at: number; readonly checks: ReturnType<HealthService['runChecks']> } | undefined;

  constructor(ports: HealthPorts) {
    this.#ports = ports;
  }

  async status() {
    const checks = await this.checks();
    return {
      status: overall(checks),
      version: this.#ports.version,
      uptimeSeconds: Math.floor((Date.now() - this.#begun) / 1_000),
      timestamp: new Date(),
    };
  }

  /** Whether the process is ready for requests. Depends on the database alone: without Redis videos are still accepted and read. */
  async isReady(): Promise<boolean> {
    return await this.#ports.db.ping().then(
      () => true,
      () => false,
    );
  }

  checks() {
    const now = performance.now();
    if (!this.#cachedChecks || now - this.#cachedChecks.at > CACHE_MS)
      this.#cachedChecks = { at: now, checks: this.runChecks() };
    return this.#cachedChecks.checks;
  }

  private async runChecks() {
    const [database, redis, workers, disk, ffmpeg, storage, providers] = await Promise.all([
      this.#database(),
      this.#redis(),
      this.#workers(),
      this.#disk(),
      this.#ffmpeg(),
      this.#storage(),
      this.#providers(),
    ]);
    return { database, redis, workers, disk, ffmpeg, storage, providers };
  }

  async #database() {
    const { db } = this.#ports;
    return await check(
      'DATABASE_CONNECTION_FAILED',
      async () => ({ latencyMs: await db.ping(), pool: await poolFacts(db) }),
      () => ({
        latencyMs: null,
        pool: { total: 0, idle: 0, used: 0, waiting: 0, max: db.poolMax, usagePercentage: 0, longRunning: 0 },
      }),
    );
  }

  async #redis() {
    return await check(
      'REDIS_CONNECTION_FAILED',
      () => this.#ports.redis.ping(),
      () => ({ latencyMs: null, memoryBytes: null }),
    );
  }

  async #workers() {
    return await check(
      'DATABASE_CONNECTION_FAILED',
      async () => {
        const { activeWorkers, pendingJobs } = await readWorkload(this.#ports.db.sql());
        if (activeWorkers > 0) return { activeWorkers, pendingJobs };
        const message = 'No worker is alive: start one with `autovideo worker`.';
        return { activeWorkers, pendingJobs, status: 'UNHEALTHY' as const, message };
      },
      // Not counted is not none: no alert says that no worker is alive.
      (): { activeWorkers: number; pendingJobs: number; isUnread?: true } => ({
        activeWorkers: 0,
        pendingJobs: 0,
        isUnread: true,
      }),
    );
  }

  async #disk() {
    return await check(
      'STORAGE_ERROR',
      async () => {
        const { bavail, blocks, bsize } = await statfs(this.#ports.dataDir);
        const freePercent = (100 * bavail) / blocks;
        const facts = { freeBytes: bavail * bsize, totalBytes: blocks * bsize, percentageUsed: 100 - freePercent };
        if (freePercent >= DISK_WARNING_PERCENT) return facts;
        const status = freePercent < DISK_CRITICAL_PERCENT ? ('UNHEALTHY' as const) : ('DEGRADED' as const);
        return { ...facts, status, message: `Only ${freePercent.toFixed(1)} % of the disk is free.` };
      },
      () => ({ freeBytes: 0, totalBytes: 0, percentageUsed: 100 }),
    );
  }

  async #ffmpeg() {
    return await check(
      'FFMPEG_FAILED',
      async () => ({ version: (await this.#ports.ffmpeg.version(FFMPEG_CACHE_MS)).version }),
      () => ({ version: null }),
    );
  }

  async #storage() {
    return await check(
      'STORAGE_ERROR',
      async () => {
        const begun = performance.now();
        await this.#ports.storage.check();
        const facts = { latencyMs: performance.now() - begun };
        const message = await this.#ports.music.problem();
        return message === null ? facts : { ...facts, status: 'DEGRADED' as const, message };
      },
      () => ({ latencyMs: null }),
    );
  }

  async #providers() {
    return await check(
      'DATABASE_CONNECTION_FAILED',
      async () => {
        const all = (await this.#ports.providers.list()).filter(({ configured, enabled }) => configured && enabled);
        const healthy = all.filter(({ health }) => health !== 'UNHEALTHY').length;
        const facts = { healthy, total: all.length };
        const missing = REQUIRED_CAPABILITIES.find(
          (capability) =>
            !all.some(({ health, capabilities }) => health !== 'UNHEALTHY' && capabilities.includes(capability)),
        );
        if (missing !== undefined)
          return { ...facts, status: 'UNHEALTHY' as const, message: `No provider of ${missing} works.` };
        return healthy === all.length
          ? facts
          : { ...facts, status: 'DEGRADED' as const, message: 'A provider is unhealthy: most of its calls fail.' };
      },
      () => ({ healthy: 0, total: 0 }),
    );
  }
}

interface CheckOutcome {
  readonly status?: HealthStatus;
  readonly message?: string;
}

/** HEALTHY unless the probe returns another status; UNHEALTHY with the reason where it throws, or takes too long. */
async function check<Facts extends object, FailureFacts extends object>(
  code: ErrorCode,
  probe: () => Promise<Facts & CheckOutcome>,
  onFailure: () => FailureFacts,
): Promise<(Facts | FailureFacts) & { status: HealthStatus; message: string | null }> {
  try {
    const found = await withTimeout({ milliseconds: CHECK_MS, code, message: TOO_SLOW }, probe());
    return { ...found, status: found.status ?? 'HEALTHY', message: found.message ?? null };
  } catch (thrown) {
    return { ...onFailure(), status: 'UNHEALTHY', message: reasonOf(thrown) };
  }
}

/** Of an error that the program does not name itself, operators need the code of the system or of the driver. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof AppError && thrown.code !== 'INTERNAL_ERROR') return thrown.message;
  const code = errorCodeOf(thrown);
  const sentence = isUnreachable(thrown) ? 'It cannot be reached' : 'It does not work';
  return code === '' ? `${sentence}.` : `${sentence} (${code}).`;
}

/** UNHEALTHY where the core cannot work; DEGRADED where a part fails that the core does not need. */
function overall({ database, redis, workers, disk, ffmpeg, storage, providers }: HealthChecks): HealthStatus {
  // Of the providers, UNHEALTHY means that a kind of content that every film needs has none that works.
  const parts = [database, redis, workers, disk, ffmpeg, storage, providers];
  if (parts.some(({ status }) => status === 'UNHEALTHY')) return 'UNHEALTHY';
  return parts.every(({ status }) => status === 'HEALTHY') ? 'HEALTHY' : 'DEGRADED';
}
