import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { retryWhileUnreachable } from '../db/retry-while-unreachable.ts';
import { AppError, type ExternalService } from '../errors.ts';
import { type OwnKey, withOwnKey } from '../providers/own-key.ts';
import type { Providers } from '../providers/ports.ts';
import type { PriceTable } from '../providers/prices/price-table.ts';
import type { CallMetrics } from '../providers/provider-calls.ts';
import { trialOf } from '../providers/trial.ts';
import type { AllServiceSettings, ServiceSettings } from '../service-settings.ts';
import { DirectLedger } from '../services/generations/direct-ledger.ts';
import type { GivenKey, KeyForm } from '../services/providers/key-form.ts';
import type { ProviderKeyService } from '../services/providers/provider-key.service.ts';
import type { ProviderTrial } from '../services/providers/provider-tests.ts';
import { keyCheckOf } from './key-checks.ts';

export interface OwnProvidersParts {
  readonly services: AllServiceSettings;
  readonly installation: Providers;
  /** The providers of the configured services. */
  external(services: AllServiceSettings): Providers;
}

/** The services that take a key of a user's own. A server of a user's own is not called: docs/decisions/0046-own-keys.md. */
const WITH_OWN_KEYS: readonly ExternalService[] = [
  'OPENAI',
  'CLAUDE',
  'GEMINI',
  'GROQ',
  'STABILITY',
  'REPLICATE',
  'ELEVENLABS',
  'AZURE_SPEECH',
  'POLLY',
  'D_ID',
];
const TEST_MS = 30_000;
const OWN_SERVER =
  'A server of your own is not called: its address could lead into the network of this installation. An operator can set OPENAI_COMPATIBLE_BASE_URL for all.';

/** What users give for a key of their own, by provider. */
export function keyFormsOf(services: AllServiceSettings): readonly KeyForm[] {
  const forms = WITH_OWN_KEYS.map((service) => ({
    provider: services[service].name,
    hasAccessKeyId: service === 'POLLY',
    region: regionIn(services[service]),
  }));
  return [...forms, { provider: services.OPENAI_COMPATIBLE.name, refusal: OWN_SERVER }];
}

/** Keys of Azure and AWS belong to a region, by default to that of the installation's settings. */
function regionIn({ service, region, baseUrl }: ServiceSettings): 'none' | 'optional' | 'required' {
  if (service !== 'AZURE_SPEECH' && service !== 'POLLY') return 'none';
  return region === undefined && baseUrl === undefined ? 'required' : 'optional';
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
    const own = this.#with(this.#settingsWith(usable), current);
    return {
      ...installation,
      text: [...own.text, ...installation.text],
      speech: [...own.speech, ...installation.speech],
      image: [...own.image, ...installation.image],
      analysis: [...own.analysis, ...installation.analysis],
      avatar: [...(own.avatar ?? []), ...(installation.avatar ?? [])],
      plainText: [...(own.plainText ?? []), ...(installation.plainText ?? [])],
    };
  }

  /** One small call with the key, recorded as the user's where it costs anything; the error, if there was one. */
  async test(parts: TestParts, userId: string, key: GivenKey): Promise<AppError | null> {
    const { provider } = key;
    const trial = this.#trialWith(parts, key);
    if (!trial) return null;
    const { db } = parts;
    const ledger = new DirectLedger({ db, userId, request: trial.request });
    const ending = new AbortController();
    const tooLate = new AppError(`${trial.service}_TIMEOUT`, `${provider} did not answer within ${TEST_MS / 1_000} s.`);
    const timer = setTimeout(() => ending.abort(tooLate), TEST_MS);
    try {
      const outcome = await trial.call(ledger, randomUUIDv7(), ending.signal);
      return outcome instanceof AppError ? outcome : null;
    } finally {
      clearTimeout(timer);
    }
  }

  #trialWith({ prices, metrics }: TestParts, key: GivenKey): ProviderTrial | undefined {
    const settings = this.#settingsWith([key]);
    const found = trialOf(
      this.#with(settings, () => ({ isCurrent: async () => true })),
      key.provider,
    );
    if (!found) return keyCheckOf(settings, key.provider);
    const costOf: PriceTable['costOf'] = (...usage) => prices.costOf(...usage);
    return { ...found, call: (ledger, id, signal) => found.call({ ledger, costOf, metrics }, id, signal) };
  }

  /** The settings of the services that the user has a key for; no other is configured. Nothing of the installation's keys remains. */
  #settingsWith(keys: readonly GivenKey[]): AllServiceSettings {
    return mapServices(this.#parts.services, (settings) => {
      const own = keys.find(({ provider }) => provider === settings.name);
      const isUsable = WITH_OWN_KEYS.includes(settings.service) && (regionIn(settings) !== 'required' || own?.region);
      return {
        ...settings,
        apiKey: own?.key,
        accessKeyId: own?.accessKeyId,
        sessionToken: undefined,
        region: own?.region ?? settings.region,
        configured: own !== undefined && Boolean(isUsable),
      };
    });
  }

  #with(settings: AllServiceSettings, ownKey: (provider: string) => OwnKey): Providers {
    const { text, speech, image, analysis, avatar = [], plainText = [] } = this.#parts.external(settings);
    return {
      text: text.map((one) => withOwnKey(one, ownKey(one.name))),
      speech: speech.map((one) => ({
        ...withOwnKey(one, ownKey(one.name)),
        voices: (language, signal) => one.voices(language, signal),
      })),
      image: image.map((one) => withOwnKey(one, ownKey(one.name))),
      analysis: analysis.map((one) => withOwnKey(one, ownKey(one.name))),
      avatar: avatar.map((one) => withOwnKey(one, ownKey(one.name))),
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
