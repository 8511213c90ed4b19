import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/db/database.ts';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.ts';
import { startEmbeddedRedis } from '../../src/embedded/redis/embedded-redis.ts';
import { withDatabase } from '../../test/helpers/database-url.ts';

/** The servers of a bench; stopped and removed with its resources. */
export interface BenchServers {
  /** Folder of this run only. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** Runs a bench; its resources are disposed at its end, also on an interruption: embedded servers would outlive it. */
export async function withResources(bench: (resources: AsyncDisposableStack) => Promise<void>): Promise<void> {
  await using resources = new AsyncDisposableStack();
  let ending: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      ending = resources.disposeAsync().finally(() => process.exit(1));
    });
  try {
    await bench(resources);
  } catch (thrown) {
    // An interruption fails the bench at once, long before everything has ended.
    await ending;
    throw thrown;
  }
}

/** Servers of DATABASE_URL and REDIS_URL, or embedded ones in a temporary folder where a variable is missing. */
export async function benchServers(resources: AsyncDisposableStack): Promise<BenchServers> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-bench-'));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const start = async (starting: Promise<{ url: string; close(): Promise<void> }>) => {
    const server = await starting;
    resources.defer(() => server.close());
    return server.url;
  };
  const databaseUrl = DATABASE_URL ?? (await start(startEmbeddedPostgres({ dataDir })));
  return { dataDir, databaseUrl, redisUrl: REDIS_URL ?? (await start(startEmbeddedRedis({ dataDir }))) };
}

/** The URL of a new, empty database on this server, dropped with the resources. */
export async function freshDatabaseUrl(server: string, resources: AsyncDisposableStack): Promise<string> {
  return await newDatabaseUrl(server, '', resources);
}

/** The same with the content of another database of this server; that one must have no connections. */
export async function copiedDatabaseUrl(
  server: string,
  original: string,
  resources: AsyncDisposableStack,
): Promise<string> {
  return await newDatabaseUrl(server, `template ${new URL(original).pathname.slice(1)}`, resources);
}

async function newDatabaseUrl(server: string, how: string, resources: AsyncDisposableStack): Promise<string> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name} ${how}`);
  resources.defer(() => onServer(server, `drop database ${name} with (force)`));
  return withDatabase(server, name);
}

/** Installs the peers when a bench first needs one: they are not dependencies of the project. */
export function installPeers(oneOfThem: string): void {
  if (!existsSync(join(import.meta.dirname, '..', 'node_modules', oneOfThem)))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: join(import.meta.dirname, '..'),
      stdio: 'inherit',
    });
}

async function onServer(url: string, statement: string): Promise<void> {
  const db = await openDatabase({ url, poolMax: 1 });
  try {
    await db.em().execute(statement);
  } finally {
    await db.close();
  }
}
