import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { withDatabase } from './database-url.ts';

/** The migrated, empty database that others are cloned from. */
export const TEMPLATE = 'autovideo_template';

/** The URL of a new database, migrated and empty. */
export async function createTestDatabaseUrl(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = await openDatabase({ url: inject('databaseUrl'), poolMax: 1 });
  try {
    // Two clones of one template at a time exclude each other: wait instead.
    await server.em().execute("select pg_advisory_lock(hashtext('autovideo_clone'))");
    // Copying its files takes less than writing all its pages to the log, where nothing waits for the disk.
    await server.em().execute(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  } finally {
    await server.close();
  }
  return withDatabase(inject('databaseUrl'), name);
}

/** The URL of a new database without tables. */
export async function createEmptyDatabaseUrl(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = await openDatabase({ url: inject('databaseUrl'), poolMax: 1 });
  try {
    await server.em().execute(`create database ${name}`);
  } finally {
    await server.close();
  }
  return withDatabase(inject('databaseUrl'), name);
}

/** A new database, migrated and empty. The caller closes it. */
export async function createTestDatabase({ poolMax = 10 } = {}): Promise<Database> {
  return await openDatabase({ url: await createTestDatabaseUrl(), poolMax });
}
