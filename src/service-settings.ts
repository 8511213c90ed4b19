import { z } from 'zod';
import type { ExternalService } from './errors.ts';

/** The kinds of content that external services make. */
export type ServiceCapability = 'TEXT' | 'IMAGE' | 'SPEECH' | 'TRANSCRIPTION' | 'AVATAR' | 'ANALYSIS';

/** The settings of one external service. */
export interface ServiceSettings {
  readonly service: ExternalService;
  /** The service in lower case: its name for users. */
  readonly name: string;
  /** False while its key (for OPENAI_COMPATIBLE: its address) is missing: it is never called then. */
  readonly configured: boolean;
  readonly apiKey: string | undefined;
  /** By default the service's own; without a trailing slash. */
  readonly baseUrl: string | undefined;
  /** Providers with a higher priority are tried first; the built-in ones have 0. */
  readonly priority: number;
  readonly timeoutMs: number;
  /** The most calls at once, in all processes together. */
  readonly concurrency: number;
  /** By default the adapter's own choice. */
  readonly models: Readonly<Partial<Record<ServiceCapability, string>>>;
  /** Calls that the account allows in a day; undefined where no limit is known. */
  readonly dailyQuota: number | undefined;
  /** AWS and Azure: where the service runs. */
  readonly region: string | undefined;
  /** AWS: the two other parts of the key; `apiKey` is the secret. */
  readonly accessKeyId: string | undefined;
  readonly sessionToken: string | undefined;
}

export type AllServiceSettings = Readonly<Record<ExternalService, ServiceSettings>>;

interface ServiceDefinition {
  readonly capabilities: readonly ServiceCapability[];
  /** The service's own names of the variable with the key, taken where ours is not set. */
  readonly keyAliases?: readonly string[];
  readonly timeoutMs?: number;
  readonly concurrency?: number;
  readonly priority: number;
  /** True where the service does not say what is left, so that <SERVICE>_QUOTA_DAILY may say what it allows. */
  readonly hasDailyQuota?: boolean;
}

/** In the order in which they are tried by default: the priorities are the defaults of <SERVICE>_PRIORITY. */
export const SERVICES: Readonly<Record<ExternalService, ServiceDefinition>> = {
  // A user who runs a server of their own wants it used.
  OPENAI_COMPATIBLE: {
    capabilities: ['TEXT', 'SPEECH', 'ANALYSIS'],
    priority: 100,
    concurrency: 2,
    timeoutMs: 300_000,
  },
  ELEVENLABS: { capabilities: ['SPEECH', 'TRANSCRIPTION'], priority: 90, concurrency: 2 },
  OPENAI: { capabilities: ['TEXT', 'IMAGE', 'SPEECH', 'TRANSCRIPTION', 'ANALYSIS'], priority: 80 },
  CLAUDE: { capabilities: ['TEXT', 'ANALYSIS'], priority: 70, keyAliases: ['ANTHROPIC_API_KEY'] },
  GEMINI: {
    capabilities: ['TEXT', 'IMAGE', 'ANALYSIS'],
    priority: 60,
    keyAliases: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GOOGLE_API_KEY'],
    hasDailyQuota: true,
  },
  STABILITY: { capabilities: ['IMAGE'], priority: 50 },
  AZURE_SPEECH: { capabilities: ['SPEECH'], priority: 50, keyAliases: ['SPEECH_KEY'] },
  GROQ: { capabilities: ['TEXT', 'TRANSCRIPTION', 'ANALYSIS'], priority: 40 },
  REPLICATE: { capabilities: ['IMAGE'], priority: 40, keyAliases: ['REPLICATE_API_TOKEN'], timeoutMs: 300_000 },
  POLLY: { capabilities: ['SPEECH'], priority: 40, keyAliases: ['AWS_SECRET_ACCESS_KEY'] },
  D_ID: { capabilities: ['AVATAR'], priority: 50, timeoutMs: 600_000, concurrency: 2 },
};

const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_CONCURRENCY = 4;

/** A header's value: no line ends, and no other character that HTTP cannot carry. */
const key = z.string().regex(/^[\x21-\x7e]{1,4000}$/, 'must be printable ASCII without blanks');
const model = z.string().regex(/^[\w.:/@-]{1,200}$/, 'may hold letters, digits and . : / @ _ -');
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/{1,9}$/, ''));
const region = z.string().regex(/^[a-z0-9-]{1,60}$/, 'must look like eu-central-1 or westeurope');
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** One wrong setting, and what is wrong. */
export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
}

/** Reads the settings of all services; problems are added to the list. Blank settings count as omitted. */
export function readServiceSettings(
  env: Readonly<Record<string, string | undefined>>,
  problems: SettingProblem[],
): AllServiceSettings {
  const read = <T>(setting: string, schema: z.ZodType<T>, aliases: readonly string[] = []): T | undefined => {
    const found = [setting, ...aliases].find((name) => (env[name] ?? '').trim() !== '');
    if (found === undefined) return undefined;
    const parsed = schema.safeParse(env[found]?.trim());
    if (parsed.success) return parsed.data;
    problems.push({ setting: found, message: parsed.error.issues.map(({ message }) => message).join('; ') });
    return undefined;
  };
  const settingsOf = (service: ExternalService): ServiceSettings => {
    const { capabilities, keyAliases, priority, timeoutMs, concurrency, hasDailyQuota } = SERVICES[service];
    const isPolly = service === 'POLLY';
    const apiKey = read(`${service}_API_KEY`, key, keyAliases);
    const baseUrl = read(`${service}_BASE_URL`, url);
    const accessKeyId = isPolly ? read('AWS_ACCESS_KEY_ID', key) : undefined;
    const place = isPolly
      ? read('AWS_REGION', region, ['AWS_DEFAULT_REGION'])
      : service === 'AZURE_SPEECH'
        ? read('AZURE_SPEECH_REGION', region, ['SPEECH_REGION'])
        : undefined;
    return Object.freeze({
      service,
      name: service.toLowerCase(),
      configured: isConfigured(service, { apiKey, baseUrl, accessKeyId, region: place }),
      apiKey,
      baseUrl,
      priority: read(`${service}_PRIORITY`, wholeNumber(1, 1_000)) ?? priority,
      timeoutMs: read(`${service}_TIMEOUT_MS`, wholeNumber(100, 3_600_000)) ?? timeoutMs ?? DEFAULT_TIMEOUT_MS,
      concurrency: read(`${service}_CONCURRENCY`, wholeNumber(1, 1_000)) ?? concurrency ?? DEFAULT_CONCURRENCY,
      models: Object.freeze(
        Object.fromEntries(
          capabilities.flatMap((capability) => {
            const chosen = read(`${service}_${capability}_MODEL`, model);
            return chosen === undefined ? [] : [[capability, chosen]];
          }),
        ),
      ),
      dailyQuota: hasDailyQuota ? read(`${service}_QUOTA_DAILY`, wholeNumber(0, 1_000_000_000)) : undefined,
      region: place,
      accessKeyId,
      sessionToken: isPolly ? read('AWS_SESSION_TOKEN', key) : undefined,
    });
  };
  return Object.freeze({
    OPENAI_COMPATIBLE: settingsOf('OPENAI_COMPATIBLE'),
    ELEVENLABS: settingsOf('ELEVENLABS'),
    OPENAI: settingsOf('OPENAI'),
    CLAUDE: settingsOf('CLAUDE'),
    GEMINI: settingsOf('GEMINI'),
    STABILITY: settingsOf('STABILITY'),
    AZURE_SPEECH: settingsOf('AZURE_SPEECH'),
    GROQ: settingsOf('GROQ'),
    REPLICATE: settingsOf('REPLICATE'),
    POLLY: settingsOf('POLLY'),
    D_ID: settingsOf('D_ID'),
  });
}

/** The settings without which a service is never called. */
export function requiredSettings(service: ExternalService): readonly string[] {
  if (service === 'OPENAI_COMPATIBLE') return ['OPENAI_COMPATIBLE_BASE_URL'];
  if (service === 'POLLY') return ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'];
  if (service === 'AZURE_SPEECH') return ['AZURE_SPEECH_API_KEY', 'AZURE_SPEECH_REGION'];
  return [`${service}_API_KEY`];
}

type KeyParts = Pick<ServiceSettings, 'apiKey' | 'baseUrl' | 'accessKeyId' | 'region'>;

function isConfigured(service: ExternalService, { apiKey, baseUrl, accessKeyId, region }: KeyParts): boolean {
  // Servers on one's own machine often have no key.
  if (service === 'OPENAI_COMPATIBLE') return baseUrl !== undefined;
  if (apiKey === undefined) return false;
  if (service === 'POLLY') return accessKeyId !== undefined && (region !== undefined || baseUrl !== undefined);
  if (service === 'AZURE_SPEECH') return region !== undefined || baseUrl !== undefined;
  return true;
}
