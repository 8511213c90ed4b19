import type { Database } from './database.ts';
import { migrations } from './migrations/migrations.ts';

/** A migration with what it does, as SQL. */
export interface MigrationStatements {
  readonly name: string;
  readonly statements: readonly string[];
}

/** In the order in which they were applied; none in an empty database. */
export async function appliedMigrations(db: Database): Promise<string[]> {
  const [found] = await db.em().execute<{ there: boolean }[]>("select to_regclass('migrations') is not null as there");
  if (!found?.there) return [];
  const rows = await db.em().execute<{ name: string }[]>('select name from migrations order by id');
  return rows.map(({ name }) => name);
}

/** Those of this program, in their order, whose name the condition accepts. */
export function migrationsOf(db: Database, isWanted: (name: string) => boolean): MigrationStatements[] {
  return migrations
    .filter(({ name }) => isWanted(name))
    .map(({ name, class: Migration }) => {
      const migration = new Migration(db.orm.driver, db.orm.config);
      migration.up();
      return { name, statements: migration.getQueries().map(String) };
    });
}

/** Whether this program has a migration of the name. */
export function isKnownMigration(name: string): boolean {
  return migrations.some((migration) => migration.name === name);
}
