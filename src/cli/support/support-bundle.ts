import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import {
  arch,
  cpus,
  freemem,
  hostname,
  loadavg,
  type as osType,
  version as osVersion,
  release,
  totalmem,
  uptime,
} from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { withTimeout } from '../../concurrency/timeout.ts';
import { migrations } from '../../db/migrations/migrations.ts';
import { AppError } from '../../errors.ts';
import { Ffmpeg } from '../../media/process/ffmpeg.ts';
import { readWorkload } from '../../monitoring/health-sql.ts';
import { Machine } from '../../monitoring/machine-usage.ts';
import { readQueueStats } from '../../services/queues/queue-stats-sql.ts';
import { listSettings } from '../../setting-list.ts';
import { VERSION } from '../../version.ts';
import { askedRedis } from '../doctor/checks/redis-check.ts';
import { type DoctorOptions, runAllChecks } from '../doctor/doctor.ts';
import { readAppliedMigrations, readLiveProcesses, readServer } from '../doctor/doctor-sql.ts';
import type { Installation } from '../doctor/installation.ts';
import { lastLogLines } from './log-tail.ts';
import { redacted, redactedLine, secretValues } from './redaction.ts';
import { tarOf } from './tar.ts';

export interface SupportBundleParts {
  readonly installation: Installation;
  /** Every variable of the process: all values with the name of a secret are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly doctor?: DoctorOptions;
}

const LOG_LINES = 100;
const PART_MS = 8_000;
const README = `A bundle for support. It has no secrets: values of settings, credentials, addresses of people, and paths and
queries of web addresses are removed. Read it before you pass it on.

doctor.json     what \`autovideo doctor --json\` says
settings.json   which settings are set
versions.json   versions of the program, the system, Node.js, FFmpeg, PostgreSQL and Redis
resources.json  processors, memory and disk of this machine; processes that report
queues.json     jobs and workers
schema.json     migrations of the database
log.jsonl       the last ${LOG_LINES} lines of the log of this machine
`;

/** The bytes of a .tar.gz, which takes some ten seconds at most. Closes the installation. */
export async function supportBundle({ installation, env, doctor }: SupportBundleParts): Promise<Buffer> {
  try {
    const { config } = installation;
    const [findings, versions, resources, queues, schema, log] = await Promise.all([
      part(() => runAllChecks(installation, doctor)),
      versionsOf(installation),
      resourcesOf(installation),
      part(() => queuesOf(installation)),
      part(() => schemaOf(installation)),
      part(() => lastLogLines(config.dataDir, LOG_LINES)),
    ]);
    const secrets = secretValues(env, [...storedSecrets(config.dataDir), ...addressesOf(installation)]);
    const json = (value: unknown) => redacted(JSON.stringify(value, null, 2), secrets);
    const lines = Array.isArray(log) ? log.map((line) => redactedLine(line, secrets)) : [json(log ?? NO_LOG)];
    const files = {
      'README.txt': README,
      'doctor.json': json(findings),
      'settings.json': JSON.stringify(settingStates(env), null, 2),
      'versions.json': json(versions),
      'resources.json': json(resources),
      'queues.json': json(queues),
      'schema.json': json(schema),
      'log.jsonl': lines.join('\n'),
    };
    const archived = Object.entries(files).map(([name, text]) => {
      if (secrets.some((secret) => text.includes(secret)) && name !== 'README.txt' && name !== 'settings.json')
        throw new AppError('INTERNAL_ERROR', `${name} would contain a secret: no bundle is written.`);
      return { name: `autovideo-support/${name}`, bytes: Buffer.from(`${text}\n`) };
    });
    return await promisify(gzip)(tarOf(archived, new Date()));
  } finally {
    await installation.close();
  }
}

const NO_LOG = { note: 'There is no log file on this machine: LOG_FILE is off, or no process has run here.' };

/** What could not be found out is said in its place. */
async function part<T>(read: () => Promise<T>): Promise<T | { readonly error: string }> {
  const late = { milliseconds: PART_MS, code: 'INTERNAL_ERROR', message: 'It took too long.' } as const;
  try {
    return await withTimeout(late, read());
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

async function versionsOf({ config, db, redisUrl, answerMs }: Installation) {
  const { ffmpegPath, ffprobePath } = config;
  return {
    autovideo: VERSION,
    node: process.version,
    system: { type: osType(), release: release(), version: osVersion(), arch: arch(), distribution: distribution() },
    container: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
    ffmpeg: await part(async () => (await new Ffmpeg({ ffmpegPath, ffprobePath }).version()).version),
    postgres: await part(async () => (await readServer((await db()).sql())).version),
    redis:
      redisUrl === null
        ? null
        : await part(async () => (await askedRedis(redisUrl, answerMs)).info.get('redis_version') ?? null),
  };
}

function distribution(): string | null {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').split('\n');
    const name = lines.find((line) => line.startsWith('PRETTY_NAME='));
    return name?.slice('PRETTY_NAME='.length).replaceAll('"', '') ?? null;
  } catch {
    return null;
  }
}

async function resourcesOf({ config, migrated }: Installation) {
  return {
    host: hostname(),
    processors: cpus().length,
    load: loadavg(),
    memory: { totalBytes: totalmem(), freeBytes: freemem(), usedPercent: new Machine().read().memoryPercent },
    uptimeSeconds: uptime(),
    disk: await part(async () => {
      const { bavail, blocks, bsize } = await statfs(config.dataDir);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    }),
    processes: await part(async () => await readLiveProcesses((await migrated()).sql())),
  };
}

async function queuesOf({ config, migrated }: Installation) {
  const sql = (await migrated()).sql();
  return { ...(await readWorkload(sql)), queues: await readQueueStats(sql, config.retention.jobsDays) };
}

async function schemaOf({ db }: Installation) {
  const applied = await readAppliedMigrations((await db()).sql());
  return { applied, pending: migrations.map(({ name }) => name).filter((name) => !applied.includes(name)) };
}

/** The secrets that the program made itself. */
function storedSecrets(dataDir: string): string[] {
  try {
    const stored: unknown = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));
    return Object.values(stored ?? {}).filter((value) => typeof value === 'string');
  } catch {
    return []; // there are none, or another account's
  }
}

function addressesOf({ databaseUrl, redisUrl }: Installation): string[] {
  return [databaseUrl, redisUrl].flatMap((url) => (url === null || !URL.canParse(url) ? [] : [new URL(url).password]));
}

/** Which settings were given; their values are not in the bundle. */
function settingStates(env: SupportBundleParts['env']): Record<string, 'set' | 'unset'> {
  return Object.fromEntries(listSettings(env).settings.map(({ name, isSet }) => [name, isSet ? 'set' : 'unset']));
}
