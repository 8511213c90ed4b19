import { randomUUIDv7 } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RowArchive } from '../../db/old-rows.ts';
import { AppError } from '../../errors.ts';
import { restrictFolder } from '../../folder-permissions.ts';
import { storageError } from '../../storage/disk-errors.ts';
import { LocalStorage } from '../../storage/local-storage.ts';

const compress = promisify(gzip);
/** Rows contain what users wrote, and where they signed in. */
const OWNER_ONLY = 0o600;

/**
 * Archives old rows as JSON lines, a compressed file for each batch: `<table>/<year>/<date>-<id>.ndjson.gz`. Names in order of their
 * letters are in order of time, and no name is used twice, also by two processes.
 */
export class RowFiles implements RowArchive {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(table: string, rows: readonly string[]): Promise<void> {
    try {
      const storage = await this.#open();
      const date = new Date().toISOString().slice(0, 10);
      const name = `${table}/${date.slice(0, 4)}/${date}-${randomUUIDv7()}.ndjson.gz`;
      await storage.put(name, await compress(`${rows.join('\n')}\n`));
    } catch (thrown) {
      throw notArchived(table, this.#folder, storageError(thrown));
    }
  }

  /** For each batch: a folder that was removed, or a disk that was exchanged, is there again with the next one. */
  async #open(): Promise<LocalStorage> {
    const storage = await LocalStorage.open(this.#folder, { fileMode: OWNER_ONLY });
    const problem = restrictFolder(this.#folder);
    if (problem) throw problem;
    return storage;
  }
}

function notArchived(table: string, folder: string, cause: AppError): AppError {
  const { code, message, retriable } = cause;
  // The sentence of the operating system names the file and what was refused.
  const reason = cause.cause instanceof Error ? ` (${cause.cause.message})` : '';
  return new AppError(
    code,
    `Old rows of "${table}" stay, because they could not be archived in ${folder}: ${message}${reason}`,
    { cause, retriable },
  );
}
