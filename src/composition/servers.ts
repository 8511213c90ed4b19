import type { Config } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { startEmbeddedPostgres } from '../embedded/postgres.ts';
import type { Logger } from '../monitoring/logger.ts';

export async function openMigrated(config: Config, tell: (sentence: string) => void, resources: AsyncDisposableStack) {
  const url =
    config.databaseUrl ??
    (await openEmbedded(startEmbeddedPostgres({ dataDir: config.dataDir, onMessage: tell }), resources));
  const db = await openDatabase({ url, poolMax: config.databasePoolMax });
  resources.defer(() => db.close());
  return { db, migrated: await db.migrate() };
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
