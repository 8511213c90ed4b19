import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import { Freed, removeCounted } from '../../storage/freed.ts';
import type { Storage } from '../../storage/storage.ts';
import { readExistingVideos } from './stored-videos-sql.ts';

export interface OrphanedFileRemovalParts {
  readonly db: Database;
  readonly storage: Pick<Storage, 'list' | 'removeAll'>;
  readonly logger: Logger;
}

/** The stored files of one video. */
interface Folder {
  readonly videoId: string;
  /** Milliseconds since 1970. */
  newest: number;
}

const DAY_MS = 24 * 3_600_000;
/** The number of videos that are looked up in one query. */
const BATCH = 500;
/** The maximum in one run; the next run continues. */
const MAX_VIDEOS = 10_000;
/** Up to this many orphans are removed whatever their share of the stored videos. */
const ALWAYS_ALLOWED = 10;

/** Removes the files of videos that no longer have a row, where the newest file is older than a day. */
export class OrphanedFileRemoval {
  readonly #parts: OrphanedFileRemovalParts;

  constructor(parts: OrphanedFileRemovalParts) {
    this.#parts = parts;
  }

  /**
   * Returns the number of videos whose files it removed. Throws STORAGE_ERROR, having removed none, where most of what is stored
   * would be removed: then the files probably do not belong to this database.
   */
  async remove(signal: AbortSignal, freed = new Freed()): Promise<number> {
    const { storage, logger } = this.#parts;
    const { orphans, known } = await this.#find(signal);
    if (orphans.length > ALWAYS_ALLOWED && orphans.length > known) throw tooManyOrphans(orphans.length, known);
    for (const videoId of orphans) {
      signal.throwIfAborted();
      await removeCounted(storage, `videos/${videoId}/`, freed);
    }
    if (orphans.length > 0) logger.info({ videos: orphans.length }, 'files of videos without a row were removed');
    return orphans.length;
  }

  async #find(signal: AbortSignal): Promise<{ orphans: string[]; known: number }> {
    const found = { orphans: [] as string[], known: 0 };
    for await (const folders of batchesOf(foldersOf(this.#parts.storage, signal))) {
      const existing = await readExistingVideos(
        this.#parts.db.sql(),
        folders.map(({ videoId }) => videoId),
      );
      found.known += existing.size;
      const old = folders.filter(({ videoId, newest }) => !existing.has(videoId) && Date.now() - newest > DAY_MS);
      found.orphans.push(...old.slice(0, MAX_VIDEOS - found.orphans.length).map(({ videoId }) => videoId));
    }
    return found;
  }
}

/** One entry for each video; the files of one video are listed together. */
async function* foldersOf(storage: Pick<Storage, 'list'>, signal: AbortSignal): AsyncGenerator<Folder> {
  let folder: Folder | undefined;
  for await (const { key, modifiedAt } of storage.list('videos/')) {
    signal.throwIfAborted();
    const videoId = key.split('/')[1] ?? '';
    // Other files do not belong to the app and are left alone.
    if (!z.uuid().safeParse(videoId).success) continue;
    if (folder?.videoId !== videoId) {
      if (folder) yield folder;
      folder = { videoId, newest: 0 };
    }
    folder.newest = Math.max(folder.newest, modifiedAt.getTime());
  }
  if (folder) yield folder;
}

async function* batchesOf(folders: AsyncIterable<Folder>): AsyncGenerator<Folder[]> {
  let batch: Folder[] = [];
  for await (const folder of folders) {
    if (batch.push(folder) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function tooManyOrphans(orphans: number, known: number): AppError {
  return new AppError(
    'STORAGE_ERROR',
    `The files of ${orphans} videos that the database does not know were not removed, because it knows only ${known} of the stored videos: check that DATABASE_URL and DATA_DIR belong together.`,
  );
}
