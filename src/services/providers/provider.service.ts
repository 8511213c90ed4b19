import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../audit/actor.ts';
import { noReadCache, type ReadCache } from '../read-cache.ts';
import { UserFaultError } from '../user-fault.ts';
import { metricsFrom, NO_CALLS, type ProviderMetrics } from './provider-metrics.ts';
import {
  type CallCounts,
  callCounts,
  consecutiveFailures,
  countCalls,
  lastErrors,
  partialFailures,
  providerError,
} from './provider-sql.ts';
import { INITIAL_STATE, type ProviderStateFacts, type SharedProviderStates } from './shared-provider-states.ts';

export type ProviderCapability = 'TEXT' | 'SPEECH' | 'IMAGE' | 'TRANSCRIPTION' | 'AVATAR' | 'ANALYSIS';

/** What this process can call for one kind of content. */
export interface RegisteredProvider {
  readonly name: string;
  readonly capability: ProviderCapability;
  readonly models: readonly string[];
  readonly priority: number;
}

/** An external service, whether or not its key is set. */
export interface KnownService {
  readonly name: string;
  readonly capabilities: readonly ProviderCapability[];
  readonly configured: boolean;
  readonly priority: number;
  /** The settings that it needs. */
  readonly requiredSettings: readonly string[];
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
  readonly services: readonly KnownService[];
  readonly states: Pick<SharedProviderStates, 'read' | 'setEnabled'>;
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
/** What alerts judge of a provider. */
export interface ProviderReadings {
  readonly name: string;
  readonly metrics: ProviderMetrics;
  /** Of its last call that ended; null where that succeeded. */
  readonly lastErrorCode: string | null;
}

/** What users see of a provider; `id` is a UUID that stays the same for a name. */
export type ProviderFacts = ReturnType<typeof describe>;

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

  /** The built-in provider and every known service, or those with the capability; the one that is tried first in front. */
  async list(capability?: string): Promise<ProviderFacts[]> {
    const entries = catalogOf(this.#parts);
    const names = entries.map(({ name }) => name);
    return await this.#listed(
      entries,
      () => this.#readCaches.recent.read(names.join(), '', () => this.#recent(names)),
      capability,
    );
  }

  /** All of them as they are now, without the cache: a check of the installation must not depend on a part that it checks. */
  async listUncached(): Promise<ProviderFacts[]> {
    const entries = catalogOf(this.#parts);
    return await this.#listed(entries, () => this.#recent(entries.map(({ name }) => name)));
  }

  async #listed(
    entries: readonly CatalogEntry[],
    read: () => Promise<readonly Recent[]>,
    capability?: string,
  ): Promise<ProviderFacts[]> {
    const [recent, states] = await Promise.all([read(), this.#parts.states.read()]);
    const calls = new Map(recent.map((one) => [one.name, one]));
    return entries
      .filter(({ capabilities }) => capability === undefined || capabilities.some((one) => one === capability))
      .map((entry) => describe(entry, calls.get(entry.name), states.get(entry.name) ?? INITIAL_STATE));
  }

  /** What is known of a provider without its state. */
  find(name: string): KnownService | undefined {
    return catalogOf(this.#parts).find((entry) => entry.name === name);
  }

  /** Disables or enables it in all processes. Throws NOT_FOUND. */
  async setEnabled(actor: Actor, name: string, enabled: boolean): Promise<ProviderFacts | null> {
    if (!this.find(name)) throw noSuchProvider(name);
    await this.#parts.states.setEnabled(actor, name, enabled);
    return (await this.list()).find((provider) => provider.name === name) ?? null;
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
    return metrics ?? metricsFrom(name, NO_CALLS, { consecutiveFailures: 0, partialFailureRate: null });
  }

  /** In the order of the names. */
  async metricsOfEach(names: readonly string[], windowMinutes: number): Promise<ProviderMetrics[]> {
    const read = () => this.#metricsOfEach(names, windowMinutes);
    return await this.#readCaches.metrics.read(`${windowMinutes} ${names.join()}`, '', read);
  }

  /** Those that can be called, within the window that determines their health; as they are now, without the cache. */
  async readings(): Promise<ProviderReadings[]> {
    const callable = (await this.listUncached()).filter(({ configured, enabled }) => configured && enabled);
    const names = callable.map(({ name }) => name);
    const metrics = await this.#metricsOfEach(names, HEALTH_WINDOW_MINUTES);
    return callable.flatMap(({ name, lastError }, index) => {
      const measured = metrics[index];
      if (!measured) return [];
      return [
        { name, metrics: measured, lastErrorCode: measured.consecutiveFailures > 0 ? (lastError?.code ?? null) : null },
      ];
    });
  }

  async #metricsOfEach(names: readonly string[], windowMinutes: number): Promise<ProviderMetrics[]> {
    const sql = this.#parts.db.sql();
    const [counts, failures, partial] = await Promise.all([
      countCalls(sql, names, windowMinutes),
      consecutiveFailures(sql, names),
      partialFailures(sql, names, windowMinutes),
    ]);
    return names.map((name) =>
      metricsFrom(name, countedOf(counts, name), {
        consecutiveFailures: failures.get(name) ?? 0,
        partialFailureRate: partial.get(name) ?? null,
      }),
    );
  }

  /** Statistics of each within the window that determines its health. */
  async #recent(names: readonly string[]): Promise<Recent[]> {
    const sql = this.#parts.db.sql();
    const [counts, errors] = await Promise.all([countCalls(sql, names, HEALTH_WINDOW_MINUTES), lastErrors(sql, names)]);
    return names.map((name) => ({ name, counted: countedOf(counts, name), lastError: errors.get(name) ?? null }));
  }
}

/** The statistics of a provider that determine its health. */
export const recentCalls = z.object({ name: z.string(), counted: callCounts, lastError: providerError.nullable() });
type Recent = z.infer<typeof recentCalls>;

type CatalogEntry = KnownService & { readonly models: readonly string[] };

/** Sorted by priority, highest first. What this process can call counts as configured. */
function catalogOf({ services, contentProviders }: ProviderServiceParts): readonly CatalogEntry[] {
  const known = services.map((service) => {
    const own = contentProviders.filter(({ name }) => name === service.name);
    return { ...service, configured: service.configured || own.length > 0, models: modelsOf(own) };
  });
  const others = [...Map.groupBy(contentProviders, ({ name }) => name)]
    .filter(([name]) => !services.some((service) => service.name === name))
    .map(([name, own]) => ({
      name,
      capabilities: [...new Set(own.map(({ capability }) => capability))],
      configured: true,
      priority: Math.max(...own.map(({ priority }) => priority)),
      requiredSettings: [],
      models: modelsOf(own),
    }));
  return [...known, ...others].toSorted((one, other) => other.priority - one.priority);
}

function modelsOf(providers: readonly RegisteredProvider[]): readonly string[] {
  return [...new Set(providers.flatMap(({ models }) => models))];
}

function describe(
  { name, capabilities, configured, priority, models }: CatalogEntry,
  recent: Recent | undefined,
  { enabled, circuit }: ProviderStateFacts,
) {
  const { calls, failures } = recent?.counted ?? NO_CALLS;
  return {
    id: idOf(name),
    name,
    capabilities,
    configured,
    enabled,
    priority,
    health: configured ? healthOf(calls, failures) : ('UNKNOWN' as const),
    circuit,
    models,
    lastError: recent?.lastError ?? null,
  };
}

export function noSuchProvider(name: string): UserFaultError {
  return new UserFaultError({ code: 'NOT_FOUND', message: `There is no provider ${name}.`, field: ['name'] });
}

function countedOf(counts: ReadonlyMap<string, CallCounts>, name: string): CallCounts {
  return counts.get(name) ?? NO_CALLS;
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
