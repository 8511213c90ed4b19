import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type { Client } from 'pg';
import type { Database } from '../db/database.ts';
import { isUnreachable } from '../db/database-errors.ts';
import type { Em, Tables } from '../db/orm.ts';
import { AppError } from '../errors.ts';
import { storageError } from '../storage/disk-errors.ts';
import { openProcessFolder } from '../storage/process-folder.ts';
import { isKey, type Storage } from '../storage/storage.ts';
import { contentOf, type OpenArchive, readArchive } from './archive/archive.ts';
import { refusedArchive } from './archive/archive-error.ts';
import type { ArchiveSecret } from './archive/archive-key.ts';
import type { ReadEntry } from './archive/entries.ts';
import type { ArchiveFacts } from './archive-check.ts';
import { applyMigrations, MIGRATION_NAMES } from './migration-runs.ts';
import { endClient, openRawClient, RESTORE_APPLICATION } from './raw-client.ts';
import {
  beginRestore,
  commitRestore,
  connectedProcesses,
  copyRows,
  countRows,
  dropEverything,
  emptyTables,
  finishTables,
  putBackBackups,
} from './restore-sql.ts';
import { appliedMigrations, type CopiedTable, tablesOf } from './tables-sql.ts';

export interface RestoreTarget {
  /** Migrated to the newest state. */
  readonly db: Database;
  readonly storage: Pick<Storage, 'putFile'>;
  /** For files that are being written; on the disk of the storage. */
  readonly workDir: string;
  /** Called last in the transaction, for the audit log. */
  readonly record: (em: Em) => Promise<void>;
}

export interface RestoredArchive {
  readonly path: string;
  readonly secret: ArchiveSecret;
  readonly signal: AbortSignal;
}

/** The state that a restore would replace. */
export interface PresentState {
  /** Rows by table; none in a database without tables. */
  readonly rows: ReadonlyMap<string, number>;
  /** Of this installation, that use the database; a restore is refused while there are any. */
  readonly processes: readonly string[];
}

export async function readPresentState(db: Database): Promise<PresentState> {
  const client = await openRawClient(db, RESTORE_APPLICATION);
  try {
    return { rows: await countRows(client, await tablesOf(client)), processes: await connectedProcesses(client) };
  } finally {
    endClient(client);
  }
}

/** Throws INVALID_INPUT for an archive of a newer version: this one cannot know what its columns mean. */
export function refuseNewer({ migrations, product }: Pick<ArchiveFacts, 'migrations' | 'product'>): void {
  const unknown = migrations.filter((name) => !MIGRATION_NAMES.includes(name));
  if (unknown.length > 0)
    throw refusedArchive(
      `version ${product} wrote it, which is newer than this one. Install that version, and restore again.`,
    );
}

/** Throws CONFIG_INVALID while processes of the installation use the database. */
export function refuseWhileRunning(processes: readonly string[]): void {
  if (processes.length > 0)
    throw new AppError(
      'CONFIG_INVALID',
      `Processes of Auto Video use the database (${processes.join('; ')}): stop all of them, then restore again.`,
    );
}

/**
 * Replaces all rows and files by those of the archive, in one transaction that ends after the files are in their places: a restore that
 * fails or is killed leaves the rows as they were, and files that the archive has too. Throws INVALID_INPUT for an archive that is damaged
 * or newer, and CONFIG_INVALID while processes of the installation use the database.
 */
export async function restoreArchive(target: RestoreTarget, { path, secret, signal }: RestoredArchive): Promise<void> {
  // Removes what a restore that was killed has left.
  const folder = await openProcessFolder(target.workDir);
  const client = await openRawClient(target.db, RESTORE_APPLICATION);
  const onAbort = () => endClient(client);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await readArchive(path, secret, (archive) => restoreAll({ ...target, client, folder }, archive), signal);
    if (signal.aborted) throw AppError.from(signal.reason);
    // Cut off now, it would not be known whether it was done.
    signal.removeEventListener('abort', onAbort);
    await commitRestore(client).catch((thrown: unknown) => {
      throw isUnreachable(thrown) ? unknownEnd(thrown) : thrown;
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    endClient(client);
    await rm(folder, { recursive: true, force: true });
  }
}

type RestoreParts = RestoreTarget & { readonly client: Client; readonly folder: string };

function unknownEnd(cause: unknown): AppError {
  const sentence =
    'The connection was lost while the restore ended, so that it is not known whether it was done: run the same command again, which does it in any case.';
  return new AppError('ANSWER_LOST', sentence, { cause });
}

/** All but the commit. */
async function restoreAll(parts: RestoreParts, archive: OpenArchive): Promise<void> {
  const { client, db, record } = parts;
  const { about, header, entries } = archive;
  refuseNewer({ migrations: about.migrations, product: header.product });
  await beginRestore(client);
  refuseWhileRunning(await connectedProcesses(client));
  const isOlder = (await appliedMigrations(client)).join() !== about.migrations.join();
  if (isOlder) {
    await dropEverything(client);
    await applyMigrations(client, db, about.migrations);
  }
  const tables = await tablesOf(client);
  const keys = await emptyTables(client, tables);
  await putBackAll(parts, tables, entries);
  await finishTables(client, tables, keys, about.sequences);
  if (isOlder) {
    const later = MIGRATION_NAMES.filter((name) => !about.migrations.includes(name));
    await applyMigrations(client, db, later);
    await putBackBackups(client);
  }
  await record(emOn(db, client));
}

/** The tables come first; each of them once. */
async function putBackAll(
  parts: RestoreParts,
  tables: readonly CopiedTable[],
  entries: AsyncIterable<ReadEntry>,
): Promise<void> {
  const missing = new Map(tables.map((table) => [table.name, table]));
  for await (const entry of entries) {
    const { head } = entry;
    if (head.kind === 'table') await putBackTable(parts.client, missing, { ...head }, entry);
    else if (head.kind === 'file') await putBackFile(parts, head.name, entry);
    else await contentOf(entry);
  }
  if (missing.size > 0) throw refusedArchive(`it has no rows of ${[...missing.keys()].join(', ')}.`);
}

async function putBackTable(
  client: Client,
  missing: Map<string, CopiedTable>,
  { name, columns }: CopiedTable,
  { content, tail }: ReadEntry,
): Promise<void> {
  const table = missing.get(name);
  missing.delete(name);
  const isKnown = table && [...columns].sort().join() === [...table.columns].sort().join();
  if (!isKnown) throw refusedArchive(`its table ${name} is not one of this version.`);
  const rows = await copyRows(
    client,
    { name, columns },
    Readable.from(content, { objectMode: true, highWaterMark: 1 }),
  );
  if (rows !== tail().rows) throw refusedArchive(`its table ${name} has another number of rows than it says.`);
}

async function putBackFile({ storage, folder }: RestoreParts, key: string, { content }: ReadEntry): Promise<void> {
  if (!isKey(key)) throw refusedArchive('it names an impossible file.');
  const draft = join(folder, 'file');
  // The end of the content compares it with its hash.
  await pipeline(content, createWriteStream(draft, { mode: 0o600 })).catch((thrown: unknown) => {
    throw thrown instanceof AppError ? thrown : storageError(thrown);
  });
  await storage.putFile(key, draft);
}

/** The ORM and the query builder on one connection, in the transaction that it is in. */
function emOn(db: Database, client: Client): Em {
  const connection = { query: client.query.bind(client), release: () => undefined };
  const dialect = new PostgresDialect({
    pool: { options: {}, connect: async () => connection, end: async () => undefined },
  });
  const em = db.em();
  em.setTransactionContext(new Kysely<Tables>({ dialect }));
  return em;
}
