import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { type Reader, readerOf, type Statement } from '../db/prepared.ts';
import { KEPT_GENERATION } from './generations/generation-reads-sql.ts';
import { OWNER_OF_VIDEO } from './videos/video-reads-sql.ts';

/** Access to the stored files. */
export interface StoredFiles {
  stat(key: string): Promise<{ readonly size: number } | null>;
  localPath(key: string): Promise<string>;
}

/**
 * Files of videos and of generations, for the holder of a link. Those of a deleted video are inaccessible at once, in every process,
 * although they are removed some minutes later: each check reads the primary database, because a replica or a cache may be behind.
 */
export class OwnedFiles implements StoredFiles {
  readonly #reader: Reader;
  readonly #files: StoredFiles;

  constructor(db: Database, files: StoredFiles) {
    this.#reader = readerOf(db);
    this.#files = files;
  }

  /** Null where there is no such file, or what it belongs to has been deleted. */
  async stat(key: string): Promise<{ readonly size: number } | null> {
    const file = await this.#files.stat(key);
    return file && (await this.#hasOwner(key)) ? file : null;
  }

  /** Throws STORAGE_ERROR where there is no such file; `stat` checks whether what it belongs to exists. */
  async localPath(key: string): Promise<string> {
    return await this.#files.localPath(key);
  }

  async #hasOwner(key: string): Promise<boolean> {
    const [folder = '', id] = key.split('/', 2);
    const owner = OWNERS.get(folder);
    if (owner === undefined || !z.uuid().safeParse(id).success) return false;
    return (await this.#reader.rows(owner, [id])).length > 0;
  }
}

/** By the first part of a key: finds what a file belongs to. */
const OWNERS: ReadonlyMap<string, Statement> = new Map([
  ['videos', OWNER_OF_VIDEO],
  ['generations', KEPT_GENERATION],
]);
