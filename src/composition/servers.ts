import type { Config } from '../config.ts';
import { hasStaleIndexes, rebuildStaleIndexes } from '../db/collations.ts';
import { type Database, openDatabase } from '../db/database.ts';
import type { QueryTimes } from '../db/query-times.ts';
import { startEmbeddedPostgres } from '../embedded/postgres/embedded-postgres.ts';
import type { Logger } from '../monitoring/logger.ts';

export const MIGRATION_SECONDS = 6 * 3_600;
/**
 * Each connection takes 5 MB of the machine that also makes the videos, and opening one there takes a few milliseconds: so few
 * stay open.
 */
const EMBEDDED_POOL = { restingConnections: 4, idleSeconds: 5 } as const;

export async function openMigrated(
  config: Config,
  logInfo: (sentence: string) => void,
  resources: AsyncDisposableStack,
  { times, lockSeconds }: { readonly times?: QueryTimes | undefined; readonly lockSeconds?: number | undefined } = {},
) {
  const url =
    config.databaseUrl ??
    (await openEmbedded(startEmbeddedPostgres({ dataDir: config.dataDir, onMessage: logInfo }), resources));
  const db = await openDatabase({
    url,
    poolMax: config.databasePoolMax,
    times,
    lockSeconds,
    ...(config.databaseUrl === undefined && EMBEDDED_POOL),
  });
  resources.defer(() => db.close());
  const migrated = await migrate(db, url);
  for (const index of await rebuilt(db, url))
    logInfo(`The index ${index} was rebuilt: the server's ICU, which sorts it, has another version.`);
  return { db, migrated };
}

async function rebuilt(db: Database, url: string): Promise<string[]> {
  return (await hasStaleIndexes(db)) ? await withLongTimeout(url, rebuildStaleIndexes) : [];
}

/** Changing tables with millions of rows takes minutes, longer than other statements may take: so it uses a separate connection. */
async function migrate(db: Database, url: string): Promise<string[]> {
  return (await db.isMigrated()) ? [] : await withLongTimeout(url, (longDatabase) => longDatabase.migrate());
}

async function withLongTimeout<T>(url: string, work: (longDatabase: Database) => Promise<T>): Promise<T> {
  const longDatabase = await openDatabase({ url, poolMax: 2, statementSeconds: MIGRATION_SECONDS });
  try {
    return await work(longDatabase);
  } finally {
    await longDatabase.close();
  }
}

export async function openEmbedded(
  starting: Promise<{ url: string; close(): Promise<void> }>,
  resources: AsyncDisposableStack,
): Promise<string> {
  const server = await starting;
  resources.defer(() => server.close());
  return server.url;
}

export function redisStateLog(logger: Logger) {
  return (state: 'connected' | 'lost', cause?: Error) =>
    state === 'lost'
      ? logger.warn({ err: cause }, 'Redis is unreachable; reconnecting')
      : logger.info('Redis is connected');
}
