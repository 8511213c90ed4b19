import type { Migration } from '@mikro-orm/migrations';
import type { Client } from 'pg';
import type { Database } from '../db/database.ts';
import { migrations } from '../db/migrations/migrations.ts';
import { AppError } from '../errors.ts';
import { recordMigration } from './restore-sql.ts';

/** The names of all migrations of this version, in their order. */
export const MIGRATION_NAMES: readonly string[] = migrations.map(({ name }) => name);

/** Applies migrations on the connection, in its transaction, and records them: the ORM's migrator would use another one. */
export async function applyMigrations(client: Client, db: Database, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const found = migrations.find((migration) => migration.name === name);
    if (!found) throw new TypeError(`There is no migration ${name}.`);
    const { driver, config } = db.orm;
    const migration: Migration = new found.class(driver, config);
    await migration.up();
    for (const query of migration.getQueries()) {
      if (typeof query !== 'string')
        throw new AppError('DATABASE_ERROR', `The migration ${name} is not plain SQL, and cannot be applied here.`);
      await client.query(query);
    }
    await recordMigration(client, name);
  }
}
