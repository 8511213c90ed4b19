import type { Database } from '../../db/database.ts';
import { createdTable, type LockKind, locksOf } from '../../db/migration-effects.ts';
import {
  appliedMigrations,
  isKnownMigration,
  type MigrationStatements,
  migrationsOf,
} from '../../db/pending-migrations.ts';
import { readTables, type TableSize } from './deployment-store.ts';

export interface LockedTable extends TableSize {
  /** The strongest of all statements. */
  readonly lock: LockKind;
}

export interface PendingUpdate {
  readonly pending: readonly string[];
  /** Existing tables, the largest first. All migrations are one transaction, and keep their locks to its end. */
  readonly locked: readonly LockedTable[];
  /** Applied by a newer version: this program does not know them. */
  readonly unknown: readonly string[];
}

const STRENGTH: Readonly<Record<LockKind, number>> = { 'changed rows': 0, writes: 1, 'reads and writes': 2 };

/** What this program's migrations would do to the database. */
export async function pendingUpdate(db: Database): Promise<PendingUpdate> {
  const applied = await appliedMigrations(db);
  const pending = migrationsOf(db, (name) => !applied.includes(name));
  return {
    pending: pending.map(({ name }) => name),
    locked: pending.length === 0 ? [] : await lockedTables(db, pending),
    unknown: applied.filter((name) => !isKnownMigration(name)),
  };
}

async function lockedTables(db: Database, pending: readonly MigrationStatements[]): Promise<LockedTable[]> {
  const { tables, tableOfIndex } = await readTables(db.sql());
  const statements = pending.flatMap((migration) => migration.statements);
  const created = new Set(statements.map(createdTable));
  const locked = new Map<string, LockedTable>();
  for (const { name, isIndex, lock } of statements.flatMap(locksOf)) {
    const size = tables.get(isIndex ? (tableOfIndex.get(name) ?? '') : name);
    if (!size || created.has(size.table)) continue;
    const before = locked.get(size.table);
    if (!before || STRENGTH[lock] > STRENGTH[before.lock]) locked.set(size.table, { ...size, lock });
  }
  return [...locked.values()].sort((one, other) => other.bytes - one.bytes);
}
