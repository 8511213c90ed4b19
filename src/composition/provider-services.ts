import type { Database } from '../db/database.ts';
import type { Providers } from '../providers/ports.ts';
import type { PriceTable } from '../providers/prices/price-table.ts';
import type { CallMetrics } from '../providers/provider-calls.ts';
import { trialOf } from '../providers/trial.ts';
import { type AllServiceSettings, requiredSettings, SERVICES } from '../service-settings.ts';
import { blockedFailures } from '../services/providers/failing-providers.ts';
import {
  type KnownService,
  type ProviderCapability,
  type ProviderReadCaches,
  ProviderService,
  type RegisteredProvider,
} from '../services/providers/provider.service.ts';
import { ProviderTests, type ProviderTestsParts } from '../services/providers/provider-tests.ts';
import { SharedProviderStates } from '../services/providers/shared-provider-states.ts';
import { countFailures } from '../services/queues/queue-troubles-sql.ts';
import { keyCheckOf } from './key-checks.ts';

export interface ProviderServicesParts {
  readonly db: Database;
  readonly services: AllServiceSettings;
  readonly contentProviders: Providers;
  readonly prices: Pick<PriceTable, 'costOf'>;
  /** Counts test calls; none are counted where left out. */
  readonly metrics?: CallMetrics;
  /** Called when what all processes share about a provider has changed. */
  readonly onChange: (provider: string) => void;
  /** A service did not list its voices. */
  readonly onVoicesFault?: (provider: string, thrown: unknown) => void;
  readonly readCaches?: ProviderReadCaches;
  /** Time limit of a test call; 30 s by default. */
  readonly testMilliseconds?: number;
}

/** What operators and users see of providers; the same for the API and for commands. */
export function providerServicesOf(parts: ProviderServicesParts) {
  const { db, services, contentProviders, prices, metrics, onChange } = parts;
  const { onVoicesFault, readCaches, testMilliseconds } = parts;
  const providerStates = new SharedProviderStates({ db, onChange });
  const providers = new ProviderService({
    db,
    services: knownServices(services),
    contentProviders: registeredProviders(contentProviders),
    states: providerStates,
    speech: contentProviders.speech,
    ...(onVoicesFault && { onVoicesFault }),
    ...(readCaches && { readCaches }),
  });
  const trial: ProviderTestsParts['trialOf'] = (name, prompt) => {
    const found = trialOf(contentProviders, name, prompt);
    if (!found) return keyCheckOf(services, name);
    const costOf: PriceTable['costOf'] = (...usage) => prices.costOf(...usage);
    const { service, request } = found;
    return { service, request, call: (ledger, id, signal) => found.call({ ledger, costOf, metrics }, id, signal) };
  };
  const limit = testMilliseconds === undefined ? {} : { milliseconds: testMilliseconds };
  const providerTests = new ProviderTests({ db, providers, states: providerStates, trialOf: trial, ...limit });
  return { providers, providerStates, providerTests };
}

/** What those commands need that make no content: of the settings and the database alone. */
export function providerListOf(db: Database, services: AllServiceSettings): ProviderService {
  const contentProviders = { text: [], speech: [], image: [], analysis: [] };
  const prices = { costOf: () => 0 };
  return providerServicesOf({ db, services, contentProviders, prices, onChange: () => undefined }).providers;
}

export async function blockedFailuresOf(db: Database, services: AllServiceSettings) {
  const [failures, providers] = await Promise.all([
    countFailures(db.sql()),
    providerListOf(db, services).listUncached(),
  ]);
  return blockedFailures(failures, providers);
}

function knownServices(settings: AllServiceSettings): KnownService[] {
  return Object.values(settings).map(({ service, name, configured, priority }) => ({
    name,
    configured,
    priority,
    capabilities: SERVICES[service].capabilities,
    requiredSettings: requiredSettings(service),
  }));
}

function registeredProviders({ text, speech, image, analysis, avatar = [] }: Providers): RegisteredProvider[] {
  const registered = (
    capability: ProviderCapability,
    list: readonly Pick<RegisteredProvider, 'name' | 'models' | 'priority'>[],
  ) => list.map(({ name, models, priority }) => ({ name, models, priority, capability }));
  return [
    ...registered('TEXT', text),
    ...registered('SPEECH', speech),
    ...registered('IMAGE', image),
    ...registered('ANALYSIS', analysis),
    ...registered('AVATAR', avatar),
  ];
}
