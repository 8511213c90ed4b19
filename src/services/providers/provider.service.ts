import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { noReadCache, type ReadCache } from '../read-cache.ts';
import {
  type CallCounts,
  callCounts,
  consecutiveFailures,
  countCalls,
  lastErrors,
  type ProviderError,
  providerError,
} from './provider-sql.ts';

export type ProviderCapability = 'TEXT' | 'SPEECH' | 'IMAGE' | 'ANALYSIS';

/** Properties of a provider; each capability has at least one provider. */
export interface RegisteredProvider {
  readonly name: string;
  readonly capability: ProviderCapability;
  readonly models: readonly string[];
}

export interface VoiceFacts {
  readonly id: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly previewUrl?: string;
  readonly cloned?: boolean;
}

export interface SpeakingProvider {
  readonly name: string;
  voices(language: string | undefined, signal: AbortSignal): Promise<readonly VoiceFacts[]>;
}

export interface ProviderServiceParts {
  readonly db: Database;
  readonly contentProviders: readonly RegisteredProvider[];
  readonly speech: readonly SpeakingProvider[];
  /** A service did not list its voices. */
  readonly onVoicesFault?: (provider: string, thrown: unknown) => void;
  /** Cache for figures that take long to gather; by default there is none. */
  readonly readCaches?: ProviderReadCaches;
}

export interface ProviderReadCaches {
  readonly recent: ReadCache<Recent[]>;
  readonly metrics: ReadCache<ProviderMetrics[]>;
}

const VOICES_TIMEOUT_MS = 10_000;
const HEALTH_WINDOW_MINUTES = 15;
/** Success rates from which a provider counts as healthy, and below which as unhealthy, in percent. */
const HEALTHY_FROM = 95;
const UNHEALTHY_BELOW = 50;

/** The providers, their health and their voices. */
export class ProviderService {
  readonly #parts: ProviderServiceParts;
  readonly #readCaches: ProviderReadCaches;

  constructor(parts: ProviderServiceParts) {
    this.#parts = parts;
    this.#readCaches = parts.readCaches ?? { recent: noReadCache(), metrics: noReadCache() };
  }

  async list(capability?: string) {
    const names = [...new Set(this.#parts.contentProviders.map(({ name }) => name))];
    const recent = await this.#readCaches.recent.read(names.join(), '', () => this.#recent(names));
    const providers = recent.map(({ name, counted, lastError }) => this.#describe(name, counted, lastError));
    return providers.filter(
      ({ capabilities }) => capability === undefined || capabilities.some((one) => one === capability),
    );
  }

  /** All voices, or those that speak the language. A service that does not answer within some seconds is left out. */
  async voices(language?: string) {
    const signal = AbortSignal.timeout(VOICES_TIMEOUT_MS);
    const found = await Promise.all(
      this.#parts.speech.map(async (provider) => {
        const voices = await provider.voices(language, signal).catch((thrown: unknown) => {
          this.#parts.onVoicesFault?.(provider.name, thrown);
          return [];
        });
        return voices.map(({ previewUrl = null, cloned = false, ...voice }) => ({
          ...voice,
          provider: provider.name,
          previewUrl,
          cloned,
        }));
      }),
    );
    return found.flat();
  }

  /** Rates are percentages, null while there is nothing to count. */
  async metrics(name: string, windowMinutes: number): Promise<ProviderMetrics> {
    const [metrics] = await this.metricsOfEach([name], windowMinutes);
    return metrics ?? metricsFrom(NOTHING, 0);
  }

  /** In the order of the names. */
  async metricsOfEach(names: readonly string[], windowMinutes: number): Promise<ProviderMetrics[]> {
    const read = () => this.#metricsOfEach(names, windowMinutes);
    return await this.#readCaches.metrics.read(`${windowMinutes} ${names.join()}`, '', read);
  }

  async #metricsOfEach(names: readonly string[], windowMinutes: number): Promise<ProviderMetrics[]> {
    const sql = this.#parts.db.sql();
    const [counts, failures] = await Promise.all([
      countCalls(sql, names, windowMinutes),
      consecutiveFailures(sql, names),
    ]);
    return names.map((name) => metricsFrom(countedOf(counts, name), failures.get(name) ?? 0));
  }

  /** Statistics of each within the window that determines its health. */
  async #recent(names: readonly string[]): Promise<Recent[]> {
    const sql = this.#parts.db.sql();
    const [counts, errors] = await Promise.all([countCalls(sql, names, HEALTH_WINDOW_MINUTES), lastErrors(sql, names)]);
    return names.map((name) => ({ name, counted: countedOf(counts, name), lastError: errors.get(name) ?? null }));
  }

  #describe(name: string, { calls, failures }: CallCounts, lastError: ProviderError | null) {
    const contentProviders = this.#parts.contentProviders.filter((maker) => maker.name === name);
    return {
      id: idOf(name),
      name,
      capabilities: contentProviders.map(({ capability }) => capability),
      configured: true,
      enabled: true,
      priority: 0,
      health: healthOf(calls, failures),
      // Built-in providers have no circuit breaker.
      circuit: 'CLOSED' as const,
      models: [...new Set(contentProviders.flatMap(({ models }) => models))],
      quota: null,
      lastError,
    };
  }
}

/** The statistics of a provider that determine its health. */
export const recentCalls = z.object({ name: z.string(), counted: callCounts, lastError: providerError.nullable() });
type Recent = z.infer<typeof recentCalls>;

/** Rates are percentages, null while there is nothing to count. */
export const providerMetrics = z.object({
  calls: z.number(),
  successRate: z.number().nullable(),
  errorRate: z.number().nullable(),
  timeoutRate: z.number().nullable(),
  partialFailureRate: z.null(),
  tokenRefreshSuccessRate: z.null(),
  averageRetries: z.number().nullable(),
  averageUploadSeconds: z.null(),
  consecutiveFailures: z.number(),
  p50Ms: z.number().nullable(),
  p90Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  cost: z.string(),
  verdicts: z.array(z.never()),
});
export type ProviderMetrics = z.infer<typeof providerMetrics>;

const NOTHING: CallCounts = { calls: 0, failures: 0, timeouts: 0, p50: null, p90: null, p99: null, cost: '0.0000' };

function countedOf(counts: ReadonlyMap<string, CallCounts>, name: string): CallCounts {
  return counts.get(name) ?? NOTHING;
}

function metricsFrom(counted: CallCounts, consecutiveFailures: number): ProviderMetrics {
  const rate = (part: number) => (counted.calls === 0 ? null : (100 * part) / counted.calls);
  return {
    calls: counted.calls,
    successRate: rate(counted.calls - counted.failures),
    errorRate: rate(counted.failures),
    timeoutRate: rate(counted.timeouts),
    // Built-in providers give no partial answers, use no tokens, and neither retry nor upload.
    partialFailureRate: null,
    tokenRefreshSuccessRate: null,
    averageRetries: counted.calls === 0 ? null : 0,
    averageUploadSeconds: null,
    consecutiveFailures,
    p50Ms: counted.p50,
    p90Ms: counted.p90,
    p99Ms: counted.p99,
    cost: counted.cost,
    verdicts: [],
  };
}

/** Providers have no row: a UUID derived from the name (version 8, RFC 9562) is their id. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`provider ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function healthOf(calls: number, failures: number): 'UNKNOWN' | 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY' {
  if (calls === 0) return 'UNKNOWN';
  const success = (100 * (calls - failures)) / calls;
  return success >= HEALTHY_FROM ? 'HEALTHY' : success < UNHEALTHY_BELOW ? 'UNHEALTHY' : 'DEGRADED';
}
