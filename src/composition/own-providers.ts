import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { retryWhileUnreachable } from '../db/retry-while-unreachable.ts';
import { AppError, type ExternalService } from '../errors.ts';
import { type OwnKey, withOwnKey } from '../providers/own-key.ts';
import type { Providers } from '../providers/ports.ts';
import type { PriceTable } from '../providers/prices/price-table.ts';
import type { CallMetrics } from '../providers/provider-calls.ts';
import { trialOf } from '../providers/trial.ts';
import type { AllServiceSettings } from '../service-settings.ts';
import { DirectLedger } from '../services/generations/direct-ledger.ts';
import type { ProviderKeyService, UsableKey } from '../services/providers/provider-key.service.ts';

export interface OwnProvidersParts {
  readonly services: AllServiceSettings;
  readonly installation: Providers;
  /** The providers of the configured services. */
  external(services: AllServiceSettings): Providers;
}

/** The services that need nothing of a user but a key. AWS needs three values, and a server of one's own an address. */
const WITH_KEY_ALONE: readonly ExternalService[] = [
  'OPENAI',
  'CLAUDE',
  'GEMINI',
  'GROQ',
  'STABILITY',
  'REPLICATE',
  'ELEVENLABS',
];
const TEST_MS = 30_000;

/** Azure's keys belong to a region: a user's key can be used where the installation's settings name one. */
function servicesWithOwnKeys({ AZURE_SPEECH: azure }: AllServiceSettings): readonly ExternalService[] {
  const knowsAzure = azure.region !== undefined || azure.baseUrl !== undefined;
  return knowsAzure ? [...WITH_KEY_ALONE, 'AZURE_SPEECH'] : WITH_KEY_ALONE;
}

/** Names of the providers that take a key of a user's own. */
export function providersWithOwnKeys(services: AllServiceSettings): readonly string[] {
  return servicesWithOwnKeys(services).map((service) => services[service].name);
}

/** What a test call needs. */
interface TestParts {
  readonly db: Database;
  readonly prices: Pick<PriceTable, 'costOf'>;
  readonly metrics: CallMetrics;
}

/** The providers of a user's own keys in front of the installation's. All other settings of a service are the installation's. */
export class OwnProviders {
  readonly #parts: OwnProvidersParts;

  constructor(parts: OwnProvidersParts) {
    this.#parts = parts;
  }

  async of(
    userId: string,
    keys: Pick<ProviderKeyService, 'usableKeys' | 'isCurrent'>,
    until?: AbortSignal,
  ): Promise<Providers> {
    const { installation } = this.#parts;
    const waiting = <T>(read: () => Promise<T>) => (until ? retryWhileUnreachable(until, read) : read());
    const usable = await waiting(() => keys.usableKeys(userId));
    if (usable.length === 0) return installation;
    const current = (name: string): OwnKey => {
      const key = usable.find(({ provider }) => provider === name);
      return { isCurrent: async () => key !== undefined && (await waiting(() => keys.isCurrent(userId, key))) };
    };
    const own = this.#with(usable, current);
    return {
      ...installation,
      text: [...own.text, ...installation.text],
      speech: [...own.speech, ...installation.speech],
      image: [...own.image, ...installation.image],
      analysis: [...own.analysis, ...installation.analysis],
      plainText: [...(own.plainText ?? []), ...(installation.plainText ?? [])],
    };
  }

  /** One small call with the key, recorded as the user's; the error, if there was one. Null too for a service without a test call. */
  async test(
    { db, prices, metrics }: TestParts,
    userId: string,
    provider: string,
    key: string,
  ): Promise<AppError | null> {
    const given = { provider, key };
    const trial = trialOf(
      this.#with([given], () => ({ isCurrent: async () => true })),
      provider,
    );
    if (!trial) return null;
    const ledger = new DirectLedger({ db, userId, request: trial.request });
    const ending = new AbortController();
    const tooLate = new AppError(`${trial.service}_TIMEOUT`, `${provider} did not answer within ${TEST_MS / 1_000} s.`);
    const timer = setTimeout(() => ending.abort(tooLate), TEST_MS);
    try {
      const costOf: PriceTable['costOf'] = (...usage) => prices.costOf(...usage);
      const outcome = await trial.call({ ledger, costOf, metrics }, randomUUIDv7(), ending.signal);
      return outcome instanceof AppError ? outcome : null;
    } finally {
      clearTimeout(timer);
    }
  }

  #with(keys: readonly Pick<UsableKey, 'provider' | 'key'>[], ownKey: (provider: string) => OwnKey): Providers {
    const { services, external } = this.#parts;
    const allowed = servicesWithOwnKeys(services);
    const settingsWithKeys = mapServices(services, (settings) => {
      const apiKey = keys.find(({ provider }) => provider === settings.name)?.key;
      const isUsed = apiKey !== undefined && allowed.includes(settings.service);
      return { ...settings, apiKey, configured: isUsed };
    });
    const { text, speech, image, analysis, plainText = [] } = external(settingsWithKeys);
    return {
      text: text.map((one) => withOwnKey(one, ownKey(one.name))),
      speech: speech.map((one) => ({
        ...withOwnKey(one, ownKey(one.name)),
        voices: (language, signal) => one.voices(language, signal),
      })),
      image: image.map((one) => withOwnKey(one, ownKey(one.name))),
      analysis: analysis.map((one) => withOwnKey(one, ownKey(one.name))),
      plainText: plainText.map((one) => withOwnKey(one, ownKey(one.name))),
    };
  }
}

function mapServices(
  all: AllServiceSettings,
  change: (settings: AllServiceSettings[ExternalService]) => AllServiceSettings[ExternalService],
): AllServiceSettings {
  return {
    OPENAI_COMPATIBLE: change(all.OPENAI_COMPATIBLE),
    ELEVENLABS: change(all.ELEVENLABS),
    OPENAI: change(all.OPENAI),
    CLAUDE: change(all.CLAUDE),
    GEMINI: change(all.GEMINI),
    STABILITY: change(all.STABILITY),
    AZURE_SPEECH: change(all.AZURE_SPEECH),
    GROQ: change(all.GROQ),
    REPLICATE: change(all.REPLICATE),
    POLLY: change(all.POLLY),
    D_ID: change(all.D_ID),
  };
}
