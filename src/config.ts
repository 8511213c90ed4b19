import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type AccountSettings, readAccountSettings } from './account-settings.ts';
import { origins, postgresUrl, replicaUrls, trustedProxies } from './address-settings.ts';
import { type BackupSettings, backupSettings, backupsOf } from './backup-settings.ts';
import { connectionLimitsOf, connectionSettings } from './connection-settings.ts';
import { type NotifierSettings, readNotifierSettings } from './notifier-settings.ts';
import { type ObservabilitySettings, observabilityOf, observabilitySettings } from './observability-settings.ts';
import { type QuotaLimit, readQuotaLimits } from './quota-settings.ts';
import { type RetentionSettings, retentionOf, retentionSettings } from './retention-settings.ts';
import { type Secrets, secretsFrom } from './secrets.ts';
import { type AllServiceSettings, readServiceSettings, type SettingProblem } from './service-settings.ts';
import { problemsIn } from './setting-problems.ts';
import { blankAsMissing, dataDirSetting, wholeNumber } from './setting-values.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Kubernetes removes a stopping pod from its services within a second or two, and a proxy that checks /readyz each second needs
 * two or three refusals. Elsewhere there is no load balancer, and Ctrl-C should not take seconds.
 */
const PRODUCTION_STOP_DELAY_SECONDS = 5;

export const schema = z.object({
  NODE_ENV: blankAsMissing(z.enum(['development', 'production', 'test']).default('development')),
  HOST: blankAsMissing(z.string().default('127.0.0.1')),
  PORT: blankAsMissing(wholeNumber(0, 65_535).default(8000)),
  WORKER_PORT: blankAsMissing(wholeNumber(0, 65_535).optional()),
  METRICS_PORT: blankAsMissing(wholeNumber(0, 65_535).optional()),
  CORS_ORIGINS: blankAsMissing(origins.default([])),
  PUBLIC_URL: blankAsMissing(z.url({ protocol: /^https?$/ }).optional()),
  DATA_DIR: blankAsMissing(dataDirSetting),
  DATABASE_URL: blankAsMissing(postgresUrl.optional()),
  DATABASE_REPLICA_URLS: blankAsMissing(replicaUrls.default([])),
  REDIS_URL: blankAsMissing(z.url({ protocol: /^rediss?$/ }).optional()),
  JWT_SECRET: blankAsMissing(z.string().min(32, 'must have at least 32 characters').optional()),
  JWT_SECRET_PREVIOUS: blankAsMissing(z.string().min(32, 'must have at least 32 characters').optional()),
  LINK_SECRET: blankAsMissing(z.string().min(32, 'must have at least 32 characters').optional()),
  ENCRYPTION_KEYS: blankAsMissing(
    z
      .string()
      .regex(/^[\w-]+:[^,\s]+(,[\w-]+:[^,\s]+)*$/, 'must look like id:base64key,olderid:base64key')
      .optional(),
  ),
  LOG_LEVEL: blankAsMissing(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')),
  LOG_FILE: blankAsMissing(z.stringbool().optional()),
  WORKER_CONCURRENCY: blankAsMissing(wholeNumber(1, 10).optional()),
  GENERATION_CONCURRENCY: blankAsMissing(wholeNumber(1, 100).default(4)),
  WEB_CONCURRENCY: blankAsMissing(wholeNumber(1, 64).default(1)),
  PROGRAMS_AT_ONCE: blankAsMissing(wholeNumber(1, 16).optional()),
  LEASE_SECONDS: blankAsMissing(wholeNumber(2, 600).default(6)),
  JOB_RETRIES: blankAsMissing(wholeNumber(0, 20).default(3)),
  JOB_RETRY_SECONDS: blankAsMissing(z.coerce.number().min(0).max(86_400).default(60)),
  LOCAL_TIMEOUT_SECONDS: blankAsMissing(wholeNumber(1, 600).default(30)),
  TTS_MODEL_DIR: blankAsMissing(z.string().optional()),
  MUSIC_DIR: blankAsMissing(z.string().optional()),
  PRICES_FILE: blankAsMissing(z.string().optional()),
  CONTENT_REJECTED_FAILOVER: blankAsMissing(z.stringbool().default(false)),
  LOST_ANSWERS: blankAsMissing(z.enum(['ask', 'resend']).default('ask')),
  STUCK_SECONDS: blankAsMissing(wholeNumber(1, 604_800).default(3_600)),
  STOP_GRACE_SECONDS: blankAsMissing(wholeNumber(0, 3_600).default(300)),
  STOP_DELAY_SECONDS: blankAsMissing(wholeNumber(0, 600).optional()),
  DATABASE_POOL_MAX: blankAsMissing(wholeNumber(2, 500).default(50)),
  QUEUE_PREFIX: blankAsMissing(
    z
      .string()
      .regex(/^[\w-]+$/, 'may hold letters, digits, _ and -')
      .default('autovideo'),
  ),
  FFMPEG_PATH: blankAsMissing(z.string().default('ffmpeg')),
  FFPROBE_PATH: blankAsMissing(z.string().default('ffprobe')),
  TRUST_PROXY: blankAsMissing(trustedProxies.optional()),
  GRAPHQL_COST_LIMIT: blankAsMissing(
    wholeNumber(0, 1_000_000_000)
      .refine((points) => points === 0 || points >= 1_000, {
        error: 'must be 0, which limits nothing, or at least 1000',
      })
      .default(10_000),
  ),
  GRAPHQL_COST_PER_SECOND: blankAsMissing(wholeNumber(1, 1_000_000_000).default(500)),
  LOGINS_PER_MINUTE: blankAsMissing(wholeNumber(1, 100_000).default(10)),
  ...backupSettings,
  ...connectionSettings,
  ...observabilitySettings,
  ...retentionSettings,
  OPS_TOKEN: blankAsMissing(
    z
      .string()
      .regex(/^\S{32,}$/, 'must have at least 32 characters, and no blanks')
      .optional(),
  ),
  UPTIME_PING_URL: blankAsMissing(z.url({ protocol: /^https?$/ }).optional()),
  PERSISTED_DOCUMENTS: blankAsMissing(z.enum(['automatic', 'only']).default('automatic')),
  PERSISTED_DOCUMENTS_FILE: blankAsMissing(z.string().optional()),
  GRAPHQL_INTROSPECTION: blankAsMissing(z.stringbool().optional()),
  FAST_PATH: blankAsMissing(z.stringbool().default(true)),
});

export interface Config extends Secrets, AccountSettings, ObservabilitySettings {
  readonly env: 'development' | 'production' | 'test';
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where a worker without an API answers probes and serves metrics; 0 takes any free port. No port by default. */
  readonly workerPort: number | undefined;
  /** Where a process with an API serves metrics and reports, and no longer at `port`; 0 takes any free port. At `port` by default. */
  readonly metricsPort: number | undefined;
  /** What clients see in links, without a trailing slash; by default from host and port. */
  readonly publicUrl: string | undefined;
  /** Pages of these origins may call the API; `['*']` means all. */
  readonly corsOrigins: readonly string[];
  /** Absolute. */
  readonly dataDir: string;
  /** By default the app starts its own PostgreSQL server. */
  readonly databaseUrl: string | undefined;
  /** Replicas of the server of `databaseUrl`, for reads. */
  readonly databaseReplicaUrls: readonly string[];
  /** By default the app starts its own Redis server. */
  readonly redisUrl: string | undefined;
  readonly logLevel: string;
  /** Whether the log is also written to `logs/` in the data directory. */
  readonly logFile: boolean;
  /** Videos made at once by one worker process. */
  readonly workerConcurrency: number;
  /** Contents without a video, made at once by one worker process; their calls mostly wait for services. */
  readonly generationConcurrency: number;
  /** Processes of FFmpeg that make clips, and of the speech program, that one worker process runs at once for all its videos. */
  readonly programsAtOnce: number;
  /** Processes that serve the API together, on one port. */
  readonly webConcurrency: number;
  /** How long a worker may send no heartbeat before another takes its video. */
  readonly leaseSeconds: number;
  /** Retries of a stage after errors that may be temporary. */
  readonly jobRetries: number;
  /** Before the first retry; doubled for each further one. */
  readonly jobRetrySeconds: number;
  /** The longest duration of one task of the built-in providers with texts and pictures before it is stopped. */
  readonly localTimeoutSeconds: number;
  /** A Piper or Kokoro model that speaks instead of the built-in voices of its languages. Absolute. */
  readonly ttsModelDir: string | undefined;
  /** A folder with music that replaces or adds moods. Absolute. */
  readonly musicDir: string | undefined;
  /** External services and their keys. */
  readonly services: AllServiceSettings;
  /** Where notifications of alerts go. */
  readonly notifiers: NotifierSettings;
  /** What each plan allows. */
  readonly quotaLimits: readonly QuotaLimit[];
  /** Prices that replace those of data/prices.json. Absolute. */
  readonly pricesFile: string | undefined;
  /** Whether content that a service has rejected by its rules is offered to the next one. */
  readonly contentRejectedFailover: boolean;
  /** What happens when a paid request was sent and its answer is missing: wait for a decision, or send it again. */
  readonly lostAnswers: 'ask' | 'resend';
  /** A video without progress for longer than this is taken from its worker and given to another. */
  readonly stuckSeconds: number;
  /** How long a stopping worker may finish its running stages. */
  readonly stopGraceSeconds: number;
  /** How long a stopping API still answers while /readyz returns 503. */
  readonly stopDelaySeconds: number;
  readonly retention: RetentionSettings;
  readonly backups: BackupSettings;
  readonly databasePoolMax: number;
  /** Prefix of every key in Redis. */
  readonly queuePrefix: string;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** Proxies whose X-Forwarded-For is believed: their number, or their networks. Null: none. */
  readonly trustProxy: number | readonly string[] | null;
  /** Points that a caller may spend at once on operations, 0 where nothing is charged, and that come back each second; see src/auth/costs.ts. */
  readonly costLimit: number;
  readonly costPerSecond: number;
  /** Sign-ins that may be tried from one network. */
  readonly loginsPerMinute: number;
  /** What users and networks may have open at once. */
  readonly connectionLimits: ReturnType<typeof connectionLimitsOf>;
  /** Required for data of operators; without it, they are only served to the machine itself. */
  readonly opsToken: string | undefined;
  /** Called each minute while the installation works. */
  readonly uptimePingUrl: string | undefined;
  /** Whether only listed documents run, or all, of which clients may name by hash what they have sent before. */
  readonly persistedDocuments: 'automatic' | 'only';
  /** The list of documents. Absolute. */
  readonly persistedDocumentsFile: string | undefined;
  /** Whether clients may query the schema, and GraphiQL, which needs it, is served. */
  readonly introspection: boolean;
  /** Whether repeated HTTP requests are answered before Fastify and Apollo. The answers are the same. */
  readonly fastPath: boolean;
}

/** Reads and checks every setting. Throws CONFIG_INVALID with one sentence for each wrong one, naming it. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  const problems: SettingProblem[] = problemsIn(parsed.error);
  const services = readServiceSettings(env, problems);
  const accounts = readAccountSettings(env, problems);
  const notifiers = readNotifierSettings(env, problems);
  const quotaLimits = readQuotaLimits(env, problems);
  if (parsed.data?.PERSISTED_DOCUMENTS === 'only' && parsed.data.PERSISTED_DOCUMENTS_FILE === undefined)
    problems.push({ setting: 'PERSISTED_DOCUMENTS', message: '"only" needs PERSISTED_DOCUMENTS_FILE' });
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const settings = parsed.data;
  const dataDir = resolve(settings.DATA_DIR);
  const { NODE_ENV, JWT_SECRET, JWT_SECRET_PREVIOUS, LINK_SECRET, ENCRYPTION_KEYS } = settings;
  const secrets = secretsFrom({ NODE_ENV, JWT_SECRET, JWT_SECRET_PREVIOUS, LINK_SECRET, ENCRYPTION_KEYS }, dataDir);
  return Object.freeze({
    env: settings.NODE_ENV,
    host: settings.HOST,
    port: settings.PORT,
    workerPort: settings.WORKER_PORT,
    metricsPort: settings.METRICS_PORT,
    publicUrl: settings.PUBLIC_URL?.replace(/\/{1,9}$/, ''),
    corsOrigins: settings.CORS_ORIGINS,
    dataDir,
    databaseUrl: settings.DATABASE_URL,
    databaseReplicaUrls: settings.DATABASE_REPLICA_URLS,
    redisUrl: settings.REDIS_URL,
    ...secrets,
    ...accounts,
    logLevel: settings.LOG_LEVEL,
    logFile: settings.LOG_FILE ?? settings.NODE_ENV === 'production',
    workerConcurrency: settings.WORKER_CONCURRENCY ?? halfOfTheCores(10),
    generationConcurrency: settings.GENERATION_CONCURRENCY,
    webConcurrency: settings.WEB_CONCURRENCY,
    programsAtOnce: settings.PROGRAMS_AT_ONCE ?? halfOfTheCores(16),
    leaseSeconds: settings.LEASE_SECONDS,
    jobRetries: settings.JOB_RETRIES,
    jobRetrySeconds: settings.JOB_RETRY_SECONDS,
    localTimeoutSeconds: settings.LOCAL_TIMEOUT_SECONDS,
    ttsModelDir: settings.TTS_MODEL_DIR === undefined ? undefined : resolve(settings.TTS_MODEL_DIR),
    musicDir: settings.MUSIC_DIR === undefined ? undefined : resolve(settings.MUSIC_DIR),
    services,
    notifiers,
    quotaLimits,
    pricesFile: settings.PRICES_FILE === undefined ? undefined : resolve(settings.PRICES_FILE),
    contentRejectedFailover: settings.CONTENT_REJECTED_FAILOVER,
    lostAnswers: settings.LOST_ANSWERS,
    stuckSeconds: settings.STUCK_SECONDS,
    stopGraceSeconds: settings.STOP_GRACE_SECONDS,
    stopDelaySeconds:
      settings.STOP_DELAY_SECONDS ?? (settings.NODE_ENV === 'production' ? PRODUCTION_STOP_DELAY_SECONDS : 0),
    retention: retentionOf(settings, dataDir),
    backups: backupsOf(settings, dataDir),
    databasePoolMax: settings.DATABASE_POOL_MAX,
    queuePrefix: settings.QUEUE_PREFIX,
    ffmpegPath: settings.FFMPEG_PATH,
    ffprobePath: settings.FFPROBE_PATH,
    trustProxy: settings.TRUST_PROXY ?? null,
    costLimit: settings.GRAPHQL_COST_LIMIT,
    costPerSecond: settings.GRAPHQL_COST_PER_SECOND,
    loginsPerMinute: settings.LOGINS_PER_MINUTE,
    connectionLimits: connectionLimitsOf(settings),
    ...observabilityOf(settings),
    opsToken: settings.OPS_TOKEN,
    uptimePingUrl: settings.UPTIME_PING_URL,
    persistedDocuments: settings.PERSISTED_DOCUMENTS,
    persistedDocumentsFile:
      settings.PERSISTED_DOCUMENTS_FILE === undefined ? undefined : resolve(settings.PERSISTED_DOCUMENTS_FILE),
    introspection: settings.GRAPHQL_INTROSPECTION ?? settings.NODE_ENV !== 'production',
    fastPath: settings.FAST_PATH,
  });
}

function halfOfTheCores(most: number): number {
  return Math.max(1, Math.min(most, Math.floor(availableParallelism() / 2)));
}
