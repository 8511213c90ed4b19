import { createHash, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { AppError } from '../../errors.ts';
import { noReadCache, type ReadCache } from '../read-cache.ts';

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
}

export interface ProviderServiceParts {
  readonly db: Database;
  readonly contentProviders: readonly RegisteredProvider[];
  readonly speech: { readonly name: string; voices(language?: string): readonly VoiceFacts[] };
  readonly onLostRecord: (thrown: unknown) => void;
  /** Cache for figures that take long to gather; by default there is none. */
  readonly readCaches?: ProviderReadCaches;
}

export interface ProviderReadCaches {
  readonly recent: ReadCache<Recent[]>;
  readonly metrics: ReadCache<ProviderMetrics[]>;
}

interface Call {
  readonly type: 'TEXT' | 'AUDIO' | 'IMAGE';
  readonly provider: string;
  readonly model: string | undefined;
  readonly milliseconds: number;
  readonly error?: AppError;
}

interface Counted {
  readonly calls: number;
  readonly failures: number;
  readonly timeouts: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly cost: string;
}

const HEALTH_WINDOW_MINUTES = 15;
/** Success rates from which a provider counts as healthy, and below which as unhealthy, in percent. */
const HEALTHY_FROM = 95;
const UNHEALTHY_BELOW = 50;

/** The providers, their health and their voices. Keeps the record of their calls. */
export class ProviderService {
  readonly #parts: ProviderServiceParts;
  readonly #readCaches: ProviderReadCaches;

  constructor(parts: ProviderServiceParts) {
    this.#parts = parts;
    this.#readCaches = parts.readCaches ?? { recent: noReadCache(), metrics: noReadCache() };
  }

  /** The ledger of the calls for one video. */
  recordFor(videoId: string): { record(call: Call): Promise<void> } {
    return { record: (call) => this.#record(videoId, call) };
  }

  /** Never rejects: a call that was made is not undone by a lost record. */
  async #record(videoId: string, { type, provider, model, milliseconds, error }: Call): Promise<void> {
    const outcome = error
      ? { status: 'FAILED' as const, error_code: error.code, error_message: error.message }
      : { status: 'COMPLETED' as const };
    await this.#parts.db
      .sql()
      .insertInto('ai_generations')
      .values({
        id: randomUUIDv7(),
        video_id: videoId,
        type,
        provider,
        model: model ?? null,
        processing_time_ms: milliseconds,
        ...outcome,
      })
      .execute()
      .then(() => undefined, this.#parts.onLostRecord);
  }

  async list(capability?: string) {
    const names = [...new Set(this.#parts.contentProviders.map(({ name }) => name))];
    const recent = await this.#readCaches.recent.read(names.join(), '', () => this.#recent(names));
    const providers = recent.map(({ name, counted, lastError }) => this.#describe(name, counted, lastError));
    return providers.filter(
      ({ capabilities }) => capability === undefined || capabilities.some((one) => one === capability),
    );
  }

  voices(language?: string) {
    const { speech } = this.#parts;
    return speech.voices(language).map(({ id, name, languages }) => ({
      id,
      provider: speech.name,
      name,
      languages,
      previewUrl: null,
      cloned: false,
    }));
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
    const [counts, failures] = await Promise.all([this.#count(names, windowMinutes), this.#consecutiveFailures(names)]);
    return names.map((name) => metricsFrom(countedOf(counts, name), failures.get(name) ?? 0));
  }

  /** Statistics of each within the window that determines its health. */
  async #recent(names: readonly string[]): Promise<Recent[]> {
    const [counts, errors] = await Promise.all([this.#count(names, HEALTH_WINDOW_MINUTES), this.#lastErrors(names)]);
    return names.map((name) => ({ name, counted: countedOf(counts, name), lastError: errors.get(name) ?? null }));
  }

  #describe(name: string, { calls, failures }: Counted, lastError: LastError | null) {
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

  async #count(names: readonly string[], windowMinutes: number): Promise<Map<string, Counted>> {
    const { rows } = await sql<Counted & { readonly provider: string }>`
      select provider, count(*)::int as calls, (count(*) filter (where status = 'FAILED'))::int as failures,
        (count(*) filter (where error_code like '%\\_TIMEOUT'))::int as timeouts,
        percentile_cont(0.5) within group (order by processing_time_ms) as p50,
        percentile_cont(0.9) within group (order by processing_time_ms) as p90,
        percentile_cont(0.99) within group (order by processing_time_ms) as p99,
        coalesce(sum(cost), 0)::numeric(14,4)::text as cost
      from ai_generations
      where provider = any(${[...names]}::text[]) and created_at > now() - make_interval(mins => ${windowMinutes})
      group by provider`.execute(this.#parts.db.sql());
    return new Map(rows.map((row) => [row.provider, row]));
  }

  async #consecutiveFailures(names: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await sql<{ name: string; failures: number }>`
      select name, (
        select count(*)::int from ai_generations where provider = name and created_at > coalesce(
          (select max(created_at) from ai_generations where provider = name and status = 'COMPLETED'), '-infinity')
      ) as failures
      from unnest(${[...names]}::text[]) as name`.execute(this.#parts.db.sql());
    return new Map(rows.map(({ name, failures }) => [name, failures]));
  }

  async #lastErrors(names: readonly string[]): Promise<Map<string, LastError>> {
    const { rows } = await sql<{ name: string; code: string; message: string; ms: number }>`
      select name, coalesce(error_code, '') as code, coalesce(error_message, '') as message, ms
      from unnest(${[...names]}::text[]) as name cross join lateral (
        select error_code, error_message, (extract(epoch from created_at) * 1000)::float8 as ms from ai_generations
        where provider = name and status = 'FAILED' order by created_at desc limit 1
      ) as last`.execute(this.#parts.db.sql());
    return new Map(rows.map(({ name, code, message, ms }) => [name, { code, message, at: new Date(ms) }]));
  }
}

interface LastError {
  readonly code: string;
  readonly message: string;
  readonly at: Date;
}

interface Recent {
  readonly name: string;
  readonly counted: Counted;
  readonly lastError: LastError | null;
}

export type ProviderMetrics = ReturnType<typeof metricsFrom>;

/** In the form that `JSON.stringify` produces. */
export function recentFromJson(json: string): Recent[] {
  const recent: Recent[] = JSON.parse(json);
  return recent.map(({ lastError, ...rest }) => ({
    ...rest,
    lastError: lastError && { ...lastError, at: new Date(lastError.at) },
  }));
}

const NOTHING: Counted = { calls: 0, failures: 0, timeouts: 0, p50: null, p90: null, p99: null, cost: '0.0000' };

function countedOf(counts: ReadonlyMap<string, Counted>, name: string): Counted {
  return counts.get(name) ?? NOTHING;
}

function metricsFrom(counted: Counted, consecutiveFailures: number) {
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
