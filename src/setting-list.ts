import { type Config, loadConfig, schema } from './config.ts';
import type { SettingProblem } from './service-settings.ts';
import { SettingsError } from './settings-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A setting as operators are shown it. */
export interface ListedSetting {
  readonly name: string;
  /** Null for a secret, and for one without a value and a default. */
  readonly value: string | null;
  /** Whether a value was given. */
  readonly isSet: boolean;
  /** Its value is never shown: it is a secret, or may contain one. */
  readonly isSecret: boolean;
  /** Null where the value is right. */
  readonly problem: string | null;
}

export interface SettingList {
  readonly settings: readonly ListedSetting[];
  /** Of no setting alone, such as secrets that production needs. */
  readonly problem: string | null;
}

/** Every setting that the program reads. DATA_DIR is neither read nor written. */
export function listSettings(env: Env): SettingList {
  const { byDefault, names } = defaultsFor(env['NODE_ENV']);
  const { problems, problem } = problemsOf(env);
  const settings = names.map((name) => {
    const given = env[name]?.trim() ?? '';
    const isSecret = !isShown(name);
    const shown = given === '' ? (byDefault.get(name) ?? null) : shownValue(name, given);
    const reasons = problems.filter(({ setting }) => setting === name).map(({ message }) => message);
    const facts = { name, value: isSecret ? null : shown, isSet: given !== '', isSecret };
    return { ...facts, problem: reasons.length > 0 ? reasons.join('; ') : null };
  });
  return { settings, problem };
}

/** Where secrets are left out, those of DATA_DIR would be read, or created. */
const NO_SECRETS: Env = {
  JWT_SECRET: '-'.repeat(32),
  LINK_SECRET: '-'.repeat(32),
  ENCRYPTION_KEYS: `none:${Buffer.alloc(32).toString('base64')}`,
};

function problemsOf(env: Env): { readonly problems: readonly SettingProblem[]; readonly problem: string | null } {
  const missing = Object.keys(NO_SECRETS).filter((name) => (env[name]?.trim() ?? '') === '');
  const isProduction = env['NODE_ENV'] === 'production';
  const filled = isProduction ? {} : Object.fromEntries(missing.map((name) => [name, NO_SECRETS[name]]));
  try {
    loadConfig({ ...env, ...filled });
    return { problems: [], problem: null };
  } catch (thrown) {
    if (thrown instanceof SettingsError) return { problems: thrown.problems, problem: null };
    return { problems: [], problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** All names that the settings are read by, found out by reading them, and what they are where nothing is given. */
function defaultsFor(nodeEnv: string | undefined) {
  const read = new Set<string>();
  const given = { ...NO_SECRETS, ...(nodeEnv === 'production' || nodeEnv === 'test' ? { NODE_ENV: nodeEnv } : {}) };
  const recorder = new Proxy<Record<string, string | undefined>>(given, {
    get(target, name) {
      if (typeof name !== 'string') return undefined;
      if (/^[A-Z][A-Z0-9_]*$/.test(name)) read.add(name);
      return target[name];
    },
  });
  const config = loadConfig(recorder);
  // Checks of pairs ask for them, where nothing else reads them.
  for (const suffix of ['_LEAD', '_ARCHITECT']) read.delete(`ALERT_WEBHOOK_SECRET${suffix}`);
  return { names: [...read].sort(), byDefault: new Map([...ofSchema(), ...ofConfig(config)]) };
}

function ofSchema(): [string, string][] {
  return Object.entries(schema.parse({})).flatMap(([name, value]): [string, string][] => {
    // Lists are empty by default.
    return typeof value === 'object' || value === undefined ? [] : [[name, String(value)]];
  });
}

/** Defaults that are found outside the schema, or depend on the machine and on NODE_ENV. */
function ofConfig(config: Config): [string, string][] {
  const facts: [string, string | number | boolean][] = [
    ['WORKER_CONCURRENCY', config.workerConcurrency],
    ['PROGRAMS_AT_ONCE', config.programsAtOnce],
    ['LOG_FILE', config.logFile],
    ['STOP_DELAY_SECONDS', config.stopDelaySeconds],
    ['GRAPHQL_INTROSPECTION', config.introspection],
    ['DEFAULT_ROLE', config.defaultRole],
    ['SESSIONS_PER_USER', config.sessionsPerUser],
    ['ALERT_PAGERDUTY_BASE_URL', config.notifiers.pagerdutyBaseUrl],
    ['ALERT_TWILIO_BASE_URL', 'https://api.twilio.com'],
    ['SLACK_BASE_URL', 'https://slack.com'],
    ...Object.entries(config.notifiers.minPriority).map(([kind, priority]): [string, string] => [
      `ALERT_${kind}_MIN_PRIORITY`,
      priority,
    ]),
    ...config.quotaLimits.map(({ plan, type, period, most }): [string, number] => [
      `QUOTA_${plan}_${type}_${period}`,
      most,
    ]),
    ...Object.values(config.services).flatMap(({ service, priority, timeoutMs, concurrency }): [string, number][] => [
      [`${service}_PRIORITY`, priority],
      [`${service}_TIMEOUT_MS`, timeoutMs],
      [`${service}_CONCURRENCY`, concurrency],
    ]),
  ];
  return facts.map(([name, value]) => [name, String(value)]);
}

/** Whatever is not known to be harmless counts as a secret, also a setting that is added later. */
const HARMLESS = new Set([
  ...[
    'NODE_ENV',
    'HOST',
    'PORT',
    'CORS_ORIGINS',
    'DATA_DIR',
    'LOG_LEVEL',
    'LOG_FILE',
    'PROGRAMS_AT_ONCE',
    'LOST_ANSWERS',
  ],
  ...[
    'CONTENT_REJECTED_FAILOVER',
    'QUEUE_PREFIX',
    'TRUST_PROXY',
    'PERSISTED_DOCUMENTS',
    'GRAPHQL_INTROSPECTION',
    'FAST_PATH',
    'RETENTION_ARCHIVE',
  ],
  ...['REQUEST_METRICS', 'OTEL_TRACES_SAMPLER_ARG', 'OTEL_SERVICE_NAME', 'DEFAULT_ROLE', 'MAIL_FROM'],
]);
const HARMLESS_ENDS =
  /_(?:SECONDS|DAYS|HOURS|GB|DIR|FILE|PATH|PORT|CONCURRENCY|RETRIES|MODEL|PRIORITY|TIMEOUT_MS|REGION|DAILY|MONTHLY|MAX|LIMIT|PER_USER|PER_NETWORK|PER_MINUTE|PER_SECOND)$/;
/** Addresses of which the host is harmless. Of those of webhooks the path is a secret. */
const ADDRESSES =
  /^(?:PUBLIC_URL|APP_URL|DATABASE_URL|DATABASE_REPLICA_URLS|REDIS_URL|SMTP_URL|OTEL_EXPORTER_OTLP_ENDPOINT)$|_BASE_URL$/;

function isShown(name: string): boolean {
  return HARMLESS.has(name) || HARMLESS_ENDS.test(name) || ADDRESSES.test(name);
}

function shownValue(name: string, given: string): string {
  if (!ADDRESSES.test(name)) return given;
  return given
    .split(',')
    .map((address) => withoutCredentials(address.trim()))
    .join(',');
}

/** A query can contain a password too. */
function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return '(not an address)';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
