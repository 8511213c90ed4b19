import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { startEmbeddedPostgres } from '../embedded/postgres/embedded-postgres.ts';
import { DatabaseDiagnosticsService } from '../services/database/database-diagnostics.service.ts';
import { DatabaseMaintenance } from '../services/database/database-maintenance.ts';
import { IdleSessions } from '../services/database/idle-sessions.ts';
import { openEmbedded, openMigrated } from './servers.ts';

/** What operators see of the database and do to it. */
export function databaseServicesOf(db: Database) {
  return {
    database: new DatabaseDiagnosticsService(db),
    databaseMaintenance: new DatabaseMaintenance(db),
    idleSessions: new IdleSessions(db),
  };
}

/**
 * For commands. What only looks migrates nothing and needs a single connection, so that it also works where the schema is damaged or
 * connections are short.
 */
export async function openToolDatabase(
  config: Config,
  { toChange }: { readonly toChange: boolean },
  resources: AsyncDisposableStack,
): Promise<Database> {
  const silent = () => undefined;
  if (toChange) return (await openMigrated(config, silent, resources)).db;
  const { databaseUrl, dataDir } = config;
  const url = databaseUrl ?? (await openEmbedded(startEmbeddedPostgres({ dataDir, onMessage: silent }), resources));
  const db = await openDatabase({ url, poolMax: 1 });
  resources.defer(() => db.close());
  return db;
}
