import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { startEmbeddedPostgres } from '../embedded/postgres.ts';
import type { Logger } from '../monitoring/logger.ts';

const MIGRATION_SECONDS = 6 * 3_600;

export async function openMigrated(config: Config, tell: (sentence: string) => void, resources: AsyncDisposableStack) {
  const url =
    config.databaseUrl ??
    (await openEmbedded(startEmbeddedPostgres({ dataDir: config.dataDir, onMessage: tell }), resources));
  const db = await openDatabase({ url, poolMax: config.databasePoolMax });
  resources.defer(() => db.close());
  return { db, migrated: await migrate(db, url) };
}

/** Changing tables with millions of rows takes minutes, which no other statement may: it has a connection of its own. */
async function migrate(db: Database, url: string): Promise<string[]> {
  if (await db.isMigrated()) return [];
  const patient = await openDatabase({ url, poolMax: 2, statementSeconds: MIGRATION_SECONDS });
  try {
    return await patient.migrate();
  } finally {
    await patient.close();
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
      ? logger.warn({ err: cause }, 'Redis is lost; trying again until it is back')
      : logger.info('Redis is connected');
}
