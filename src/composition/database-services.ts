import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { DatabaseDiagnosticsService } from '../services/database/database-diagnostics.service.ts';
import { DatabaseMaintenance } from '../services/database/database-maintenance.ts';
import { IdleSessions } from '../services/database/idle-sessions.ts';
import { commandDatabaseUrl, openCommandDatabase } from './command-database.ts';

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
  if (toChange) return (await openCommandDatabase(config, resources)).db;
  const url = await commandDatabaseUrl(config, resources);
  const db = await openDatabase({ url, poolMax: 1 });
  resources.defer(() => db.close());
  return db;
}
