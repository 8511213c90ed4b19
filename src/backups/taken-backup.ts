import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { Database } from '../db/database.ts';
import { isSystemError, storageError } from '../storage/disk-errors.ts';
import type { Storage } from '../storage/storage.ts';
import type { About } from './archive/about.ts';
import { jsonEntry, writeArchive } from './archive/archive.ts';
import type { ArchiveSecret } from './archive/archive-key.ts';
import type { NewEntry } from './archive/entries.ts';
import type { Manifest } from './archive/manifest.ts';
import { BACKUP_APPLICATION, endClient, openRawClient } from './raw-client.ts';
import { withoutRemovals } from './removal-locks.ts';
import { beginSnapshot, endSnapshot, foldersOf, rowsOf } from './snapshot-sql.ts';
import { appliedMigrations, sequencesOf, tablesOf } from './tables-sql.ts';

export interface BackupSource {
  readonly db: Database;
  readonly storage: Pick<Storage, 'list' | 'localPath'>;
  /** The version of the program. */
  readonly product: string;
  /** Settings without which the data cannot be read. They are in archives with a passphrase only, which are for a machine that was lost. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface BackupTarget {
  readonly path: string;
  readonly secret: ArchiveSecret;
  readonly signal: AbortSignal;
}

/**
 * Writes every table, as all were at one moment, and the files that the rows name, to one archive. Files do not change once they are
 * written, and none of them is removed meanwhile, so that they fit to the rows.
 */
export async function takeBackup(source: BackupSource, target: BackupTarget): Promise<Manifest> {
  return await withoutRemovals(source.db, target.signal, async (signal) => {
    const client = await openRawClient(source.db, BACKUP_APPLICATION);
    const spool = join(dirname(target.path), `.${basename(target.path)}.draft-${process.pid}-folders`);
    try {
      const entries = entriesOf(source, client, { ...target, spool });
      const { secret, path } = target;
      const { manifest } = await writeArchive({
        path,
        product: source.product,
        createdAt: new Date(),
        secret,
        entries,
        signal,
      });
      return manifest;
    } finally {
      endClient(client);
      await rm(spool, { force: true });
    }
  });
}

async function* entriesOf(
  { storage, secrets }: BackupSource,
  client: Client,
  { secret, spool }: BackupTarget & { readonly spool: string },
): AsyncGenerator<NewEntry> {
  await beginSnapshot(client);
  const tables = await tablesOf(client);
  const about: About = { migrations: await appliedMigrations(client), sequences: await sequencesOf(client) };
  yield jsonEntry({ kind: 'about' }, about);
  if (secret.kind === 'passphrase') yield jsonEntry({ kind: 'secrets' }, secrets);
  for (const table of tables) {
    const rows = rowsOf(client, table);
    yield {
      head: { kind: 'table', name: table.name, columns: [...table.columns] },
      content: rows,
      compress: true,
      rows: () => rows.rowCount,
    };
  }
  // The snapshot must not last as long as copying the files does: vacuum cannot remove rows meanwhile.
  await pipeline(foldersOf(client), createWriteStream(spool, { mode: 0o600 })).catch(rethrow);
  await endSnapshot(client);
  yield* filesOf(storage, spool);
}

async function* filesOf(storage: BackupSource['storage'], spool: string): AsyncGenerator<NewEntry> {
  for await (const folder of createInterface({ input: createReadStream(spool) }))
    for await (const { key } of storage.list(folder)) {
      const path = await storage.localPath(key).catch(() => null);
      // It was replaced by a newer one since it was listed.
      if (path === null) continue;
      yield { head: { kind: 'file', name: key }, content: fileContent(path), compress: isCompressible(key) };
    }
}

async function* fileContent(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const part of createReadStream(path, { highWaterMark: 262_144 })) yield part;
  } catch (thrown) {
    throw isSystemError(thrown, 'EIO', 'EACCES', 'ENOENT') ? storageError(thrown) : thrown;
  }
}

/** Films, sounds and pictures are compressed already. */
function isCompressible(key: string): boolean {
  return /\.(?:json|srt|vtt|txt|wav|ass)$/.test(key);
}

function rethrow(thrown: unknown): never {
  throw storageError(thrown);
}
