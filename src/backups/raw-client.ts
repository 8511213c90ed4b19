import pg from 'pg';
import { CONNECTION, type Database } from '../db/database.ts';
import { isUnreachable } from '../db/database-errors.ts';
import { AppError } from '../errors.ts';

/** Of the connection of a backup. */
export const BACKUP_APPLICATION = 'autovideo_backup';
/** Of every connection of a restore, by which it is distinguished from processes that use the database. */
export const RESTORE_APPLICATION = 'autovideo_restore';

/**
 * A connection of its own for COPY, whose statements and transactions may take hours. The caller ends it with `endClient`. Throws
 * DATABASE_CONNECTION_FAILED.
 */
export async function openRawClient(db: Database, applicationName: string): Promise<pg.Client> {
  const { connectionTimeoutMillis, keepAlive, keepAliveInitialDelayMillis, options } = CONNECTION;
  const client = new pg.Client({
    connectionString: db.orm.config.get('clientUrl'),
    application_name: applicationName,
    connectionTimeoutMillis,
    keepAlive,
    keepAliveInitialDelayMillis,
    options,
  });
  // Its queries fail with the same error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (thrown) {
    if (!isUnreachable(thrown)) throw thrown;
    const sentence = 'PostgreSQL cannot be reached: check that it runs.';
    throw new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause: thrown, retriable: true });
  }
}

/** At once: in the middle of a table, PostgreSQL would send that to its end. An open transaction is rolled back. */
export function endClient(client: pg.Client): void {
  client.connection.stream.destroy();
}
