import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { type Reader, readerOf } from '../../db/prepared.ts';
import { OWNER_OF_VIDEO } from './video-reads-sql.ts';

/** Access to the stored files. */
export interface StoredFiles {
  stat(key: string): Promise<{ readonly size: number } | null>;
  localPath(key: string): Promise<string>;
}

/**
 * Files of videos, for the holder of a link. Those of a deleted video are inaccessible at once, in every process, although they
 * are removed some minutes later: each check reads the primary database, because a replica or a cache may be behind.
 */
export class VideoFiles implements StoredFiles {
  readonly #reader: Reader;
  readonly #files: StoredFiles;

  constructor(db: Database, files: StoredFiles) {
    this.#reader = readerOf(db);
    this.#files = files;
  }

  /** Null where there is no such file, or its video has been deleted. */
  async stat(key: string): Promise<{ readonly size: number } | null> {
    const file = await this.#files.stat(key);
    return file && (await this.#hasVideo(key)) ? file : null;
  }

  /** Throws STORAGE_ERROR where there is no such file; `stat` checks whether its video exists. */
  async localPath(key: string): Promise<string> {
    return await this.#files.localPath(key);
  }

  async #hasVideo(key: string): Promise<boolean> {
    const [folder, videoId] = key.split('/', 2);
    if (folder !== 'videos' || !z.uuid().safeParse(videoId).success) return false;
    return (await this.#reader.rows(OWNER_OF_VIDEO, [videoId])).length > 0;
  }
}
