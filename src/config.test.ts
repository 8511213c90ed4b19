import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { SERVICES } from './service-settings.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const SECRETS = {
  JWT_SECRET: 'j'.repeat(32),
  LINK_SECRET: 'l'.repeat(32),
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
};
const load = (settings: Record<string, string> = {}) => loadConfig({ DATA_DIR: dataDir, ...settings });

function problemOf(settings: Record<string, string>): string {
  try {
    load(settings);
    return '';
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    expect(thrown.code).toBe('CONFIG_INVALID');
    return thrown.message;
  }
}

/** Every setting that .env.example describes, with its documented default. */
function documented(): Map<string, string> {
  const lines = readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm);
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value]));
}

/** Those that src/service-settings.ts, src/quota-settings.ts, src/account-settings.ts, src/notifier-settings.ts and src/slack-settings.ts read. */
function documentedServiceSettings(): string[] {
  const others = ['AWS', 'QUOTA', 'ADMIN', 'DEFAULT', 'SESSIONS', 'SMTP', 'MAIL', 'APP', 'ALERT', 'SLACK'];
  const services = [...Object.keys(SERVICES), ...others];
  return [...documented().keys()].filter((name) => services.some((service) => name.startsWith(`${service}_`)));
}

const SOURCES = [
  'src/config.ts',
  'src/backup-settings.ts',
  'src/connection-settings.ts',
  'src/observability-settings.ts',
  'src/retention-settings.ts',
];

/** Every setting that src/config.ts and its parts accept. */
function knownSettings(): string[] {
  const source = SOURCES.map((file) => readFileSync(file, 'utf8')).join('\n');
  return Array.from(source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): (?:blankAsMissing|most)\(/gm), ([, name = '']) => name);
}

describe('Settings', () => {
  it('may all be omitted, and then have the defaults of .env.example', () => {
    const said = documented();
    expect(load()).toMatchObject({
      env: said.get('NODE_ENV'),
      host: said.get('HOST'),
      port: Number(said.get('PORT')),
      workerPort: undefined,
      publicUrl: undefined,
      databaseUrl: undefined,
      databaseReplicaUrls: [],
      redisUrl: undefined,
      queuePrefix: said.get('QUEUE_PREFIX'),
      adminEmail: said.get('ADMIN_EMAIL'),
      adminPassword: undefined,
      defaultRole: said.get('DEFAULT_ROLE'),
      leaseSeconds: Number(said.get('LEASE_SECONDS')),
      stopGraceSeconds: Number(said.get('STOP_GRACE_SECONDS')),
      stopDelaySeconds: 0,
      retention: {
        jobsDays: Number(said.get('RETENTION_JOBS_DAYS')),
        eventsDays: Number(said.get('RETENTION_EVENTS_DAYS')),
        sessionsDays: Number(said.get('RETENTION_SESSIONS_DAYS')),
        idempotencyHours: Number(said.get('RETENTION_IDEMPOTENCY_HOURS')),
        clipsDays: Number(said.get('RETENTION_CLIPS_DAYS')),
        clipsBytes: Number(said.get('RETENTION_CLIPS_GB')) * 1e9,
        archiveDir: null,
      },
      backups: { schedule: null, keep: Number(said.get('BACKUP_KEEP')) },
      localTimeoutSeconds: Number(said.get('LOCAL_TIMEOUT_SECONDS')),
      trustProxy: null,
      connectionLimits: {
        socketsPerUser: Number(said.get('SOCKETS_PER_USER')),
        socketsPerNetwork: Number(said.get('SOCKETS_PER_NETWORK')),
        newSocketsPerNetwork: Number(said.get('NEW_SOCKETS_PER_NETWORK')),
        subscriptionsPerUser: Number(said.get('SUBSCRIPTIONS_PER_USER')),
        subscriptionsPerNetwork: Number(said.get('SUBSCRIPTIONS_PER_NETWORK')),
        connectionsPerNetwork: Number(said.get('CONNECTIONS_PER_NETWORK')),
      },
      opsToken: undefined,
      databasePoolMax: Number(said.get('DATABASE_POOL_MAX')),
      ffmpegPath: said.get('FFMPEG_PATH'),
      ffprobePath: said.get('FFPROBE_PATH'),
      logLevel: said.get('LOG_LEVEL'),
      logFile: said.get('LOG_FILE') === 'true',
      persistedDocuments: said.get('PERSISTED_DOCUMENTS'),
      persistedDocumentsFile: undefined,
      introspection: said.get('GRAPHQL_INTROSPECTION') === 'true',
      fastPath: said.get('FAST_PATH') === 'true',
    });
    expect(isAbsolute(load().dataDir)).toBe(true);
  });

  it('let a worker use half of the cores for videos and half for their programs, unless set otherwise', () => {
    const half = Math.max(1, Math.floor(availableParallelism() / 2));
    expect(load()).toMatchObject({ workerConcurrency: Math.min(10, half), programsAtOnce: Math.min(16, half) });
  });

  it('are all documented in .env.example, and no others are', () => {
    const known = knownSettings();
    expect(known.length).toBeGreaterThan(15);
    const ofCompose = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'GRAFANA_PASSWORD', 'GRAFANA_PORT'];
    const others = [...ofCompose, 'ALERTMANAGER_SLACK_URL', ...documentedServiceSettings()];
    const ours = [...documented().keys()].filter((name) => !others.includes(name));
    const undocumented = known.filter((name) => !ours.includes(name));
    const unknown = ours.filter((name) => !known.includes(name));
    expect({ undocumented, unknown }, '.env.example and src/config.ts differ').toEqual({
      undocumented: [],
      unknown: [],
    });
  });

  it('all have an effect', () => {
    const source = SOURCES.map((file) => readFileSync(file, 'utf8')).join('\n');
    const names = Array.from(source.matchAll(/\b[A-Z][A-Z0-9_]+\b/g), ([name]) => name);
    for (const name of knownSettings())
      expect(
        names.filter((one) => one === name).length,
        `loadConfig() in src/config.ts does not read ${name}`,
      ).toBeGreaterThan(1);
  });

  it('that are blank count as omitted, as after copying .env.example', () => {
    const blank = Object.fromEntries([...documented().keys()].map((name) => [name, name === 'PORT' ? '  ' : '']));
    expect(loadConfig({ ...blank, DATA_DIR: dataDir })).toMatchObject({
      port: 8000,
      redisUrl: undefined,
      logLevel: 'info',
    });
  });

  it('are read as given', () => {
    const given = {
      PORT: '0',
      WORKER_PORT: '0',
      METRICS_PORT: '9100',
      STOP_DELAY_SECONDS: '7',
      PUBLIC_URL: 'https://video.example.org/',
      DATABASE_URL: 'postgresql://u:p@db/x',
      DATABASE_REPLICA_URLS: 'postgresql://u:p@near/x, postgres://u:p@far/x',
      REDIS_URL: 'rediss://:p@cache:6380/1',
      WORKER_CONCURRENCY: '10',
      GRAPHQL_INTROSPECTION: 'false',
      ...SECRETS,
    };
    expect(load(given)).toMatchObject({
      port: 0,
      workerPort: 0,
      metricsPort: 9_100,
      stopDelaySeconds: 7,
      publicUrl: 'https://video.example.org',
      databaseUrl: given.DATABASE_URL,
      databaseReplicaUrls: ['postgresql://u:p@near/x', 'postgres://u:p@far/x'],
      redisUrl: given.REDIS_URL,
      workerConcurrency: 10,
      introspection: false,
      jwtSecret: SECRETS.JWT_SECRET,
      previousJwtSecret: undefined,
      encryptionKeys: [{ id: 'k1', key: Buffer.alloc(32, 1) }],
    });
  });

  it('hide the schema and GraphiQL in production, unless set otherwise', () => {
    const production = { NODE_ENV: 'production', ...SECRETS };
    expect(load(production).introspection).toBe(false);
    expect(load({ ...production, GRAPHQL_INTROSPECTION: 'true' }).introspection).toBe(true);
    expect(load({ NODE_ENV: 'development' }).introspection).toBe(true);
    expect(load({ NODE_ENV: 'development', GRAPHQL_INTROSPECTION: 'false' }).introspection).toBe(false);
  });

  it('let an API in production wait for load balancers when it stops, unless set otherwise', () => {
    const production = { NODE_ENV: 'production', ...SECRETS };
    expect(load(production).stopDelaySeconds).toBe(5);
    expect(load({ ...production, STOP_DELAY_SECONDS: '0' }).stopDelaySeconds).toBe(0);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(load())).toBe(true);
  });
});

describe('A wrong setting', () => {
  it.each([
    ['PORT', '-1', '0'],
    ['PORT', '65536', '65535'],
    ['PORT', 'eighty', '80'],
    ['PORT', '80.5', '80'],
    ['WORKER_PORT', '65536', '65535'],
    ['METRICS_PORT', '65536', '65535'],
    ['LEASE_SECONDS', '1', '2'],
    ['LEASE_SECONDS', '601', '600'],
    ['WORKER_CONCURRENCY', '0', '1'],
    ['WORKER_CONCURRENCY', '11', '10'],
    ['GENERATION_CONCURRENCY', '0', '1'],
    ['GENERATION_CONCURRENCY', '101', '100'],
    ['RETENTION_GENERATIONS_DAYS', '0', '1'],
    ['RETENTION_GENERATIONS_DAYS', '3651', '3650'],
    ['DATABASE_POOL_MAX', '1', '2'],
    ['DATABASE_REPLICA_URLS', 'postgres://a/x,mysql://b/x', 'postgres://a/x,postgres://b/x'],
    ['DATABASE_REPLICA_URLS', 'postgres://a/x,', 'postgres://a/x'],
    ['DATABASE_POOL_MAX', '501', '500'],
    ['SOCKETS_PER_USER', '0', '1'],
    ['SOCKETS_PER_NETWORK', '1000001', '1000000'],
    ['NEW_SOCKETS_PER_NETWORK', '0', '1'],
    ['SUBSCRIPTIONS_PER_USER', '1000001', '1000000'],
    ['SUBSCRIPTIONS_PER_NETWORK', '0', '1'],
    ['CONNECTIONS_PER_NETWORK', '1000001', '1000000'],
    ['JOB_RETRIES', '21', '20'],
    ['PROGRAMS_AT_ONCE', '0', '1'],
    ['PROGRAMS_AT_ONCE', '17', '16'],
    ['LOCAL_TIMEOUT_SECONDS', '0', '1'],
    ['LOCAL_TIMEOUT_SECONDS', '601', '600'],
    ['JOB_RETRY_SECONDS', '86401', '0.5'],
    ['STOP_GRACE_SECONDS', '3601', '3600'],
    ['STOP_DELAY_SECONDS', '601', '600'],
    ['RETENTION_JOBS_DAYS', '0', '1'],
    ['RETENTION_JOBS_DAYS', '3651', '3650'],
    ['RETENTION_EVENTS_DAYS', '0', '1'],
    ['RETENTION_SESSIONS_DAYS', '0', '1'],
    ['RETENTION_IDEMPOTENCY_HOURS', '23', '24'],
    ['RETENTION_ARCHIVE', 'perhaps', 'on'],
    ['RETENTION_CLIPS_DAYS', '0', '1'],
    ['RETENTION_CLIPS_GB', '-1', '0.5'],
    ['BACKUP_EVERY', '2h', '24h'],
    ['BACKUP_EVERY', '24', '7d'],
    ['BACKUP_KEEP', '0', '1'],
    ['BACKUP_KEEP', '1001', '1000'],
    ['OPS_TOKEN', 'x'.repeat(31), 'x'.repeat(32)],
    ['OPS_TOKEN', `${'x'.repeat(20)} ${'x'.repeat(20)}`, 'x'.repeat(41)],
    ['GRAPHQL_COST_LIMIT', '999', '1000'],
    ['GRAPHQL_COST_LIMIT', '-1', '0'],
    ['GRAPHQL_COST_LIMIT', '1000000001', '1000000000'],
    ['GRAPHQL_COST_PER_SECOND', '0', '1'],
    ['GRAPHQL_COST_PER_SECOND', '1000000001', '1000000000'],
    ['LOGINS_PER_MINUTE', '0', '1'],
    ['LOGINS_PER_MINUTE', '100001', '100000'],
    ['TRUST_PROXY', '0', '1'],
    ['TRUST_PROXY', '21', '20'],
    ['TRUST_PROXY', 'proxy.example.org', '10.0.0.1'],
    ['TRUST_PROXY', '10.0.0.0/33', '10.0.0.0/8, 2001:db8::/32,loopback'],
    ['NODE_ENV', 'prod', 'test'],
    ['LOG_LEVEL', 'loud', 'silent'],
    ['PUBLIC_URL', 'ftp://example.org', 'http://example.org'],
    ['PUBLIC_URL', 'example.org', 'https://example.org:8443'],
    ['DATABASE_URL', 'mysql://db/x', 'postgres://db/x'],
    ['REDIS_URL', 'localhost:6379', 'redis://localhost:6379'],
    ['JWT_SECRET', 'x'.repeat(31), 'x'.repeat(32)],
    ['JWT_SECRET_PREVIOUS', 'x'.repeat(31), 'x'.repeat(32)],
    ['LINK_SECRET', 'x'.repeat(31), 'x'.repeat(32)],
    ['QUEUE_PREFIX', 'a:b', 'a-b_1'],
    ['GRAPHQL_INTROSPECTION', 'maybe', 'no'],
    ['FAST_PATH', 'maybe', 'off'],
    ['PERSISTED_DOCUMENTS', 'some', 'automatic'],
    ['ENCRYPTION_KEYS', 'nokey', SECRETS.ENCRYPTION_KEYS],
    [
      'ENCRYPTION_KEYS',
      `k1:${Buffer.alloc(31).toString('base64')}`,
      `${SECRETS.ENCRYPTION_KEYS},k0:${Buffer.alloc(32).toString('base64')}`,
    ],
    ['ENCRYPTION_KEYS', `${SECRETS.ENCRYPTION_KEYS},k2:short`, SECRETS.ENCRYPTION_KEYS],
  ])('%s=%s prevents the start with a message that names it, and =%s does not', (name, wrong, right) => {
    expect(problemOf({ [name]: wrong })).toMatch(new RegExp(`^The setting ${name} is wrong: .+\\.$`, 's'));
    expect(problemOf({ [name]: right })).toBe('');
  });

  it('never shows a secret value', () => {
    const secret = 'tooshort-but-secret';
    expect(problemOf({ JWT_SECRET: secret, ADMIN_PASSWORD: 'secret', ENCRYPTION_KEYS: `k1:${secret}` })).not.toMatch(
      /secret(?!s)/,
    );
  });

  it('is reported together with all others, one line each', () => {
    const lines = problemOf({ PORT: 'x', LOG_LEVEL: 'loud', REDIS_URL: '-' }).split('\n');
    expect(lines.map((line) => /The setting (\w+) is wrong/.exec(line)?.[1])).toEqual([
      'PORT',
      'REDIS_URL',
      'LOG_LEVEL',
    ]);
  });
});
