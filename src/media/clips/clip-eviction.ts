import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ClipLimits {
  /** Clips that were not used for so long go. */
  readonly days: number;
  /** Of those that are left the ones unused the longest go, until the rest is no larger; none younger than a day. */
  readonly bytes: number;
}

interface CachedClip {
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

const DAY_MS = 24 * 3_600_000;

/** Removes clips from a folder that only caches them. Returns how many. A folder that is not there yet is empty. */
export async function evictClips(folder: string, { days, bytes }: ClipLimits, signal: AbortSignal): Promise<number> {
  let removed = 0;
  let size = 0;
  for await (const clip of clipsIn(folder, signal)) {
    if (Date.now() - clip.usedAt > days * DAY_MS) removed += await remove(clip);
    else size += clip.size;
  }
  if (size <= bytes) return removed;
  for (const clip of await oldestFirst(folder, signal)) {
    signal.throwIfAborted();
    if (size <= bytes) break;
    removed += await remove(clip);
    size -= clip.size;
  }
  return removed;
}

/** Only where the folder is too large are they all held in memory, to be sorted. */
async function oldestFirst(folder: string, signal: AbortSignal): Promise<CachedClip[]> {
  const clips: CachedClip[] = [];
  for await (const clip of clipsIn(folder, signal)) if (Date.now() - clip.usedAt > DAY_MS) clips.push(clip);
  return clips.sort((one, other) => one.usedAt - other.usedAt);
}

/** Halves that a killed process left are among them. */
async function* clipsIn(folder: string, signal: AbortSignal): AsyncGenerator<CachedClip> {
  const entries = await nullIfMissing(opendir(folder));
  for await (const entry of entries ?? []) {
    signal.throwIfAborted();
    const path = join(folder, entry.name);
    const found = entry.isFile() ? await nullIfMissing(stat(path)) : null;
    if (found) yield { path, size: found.size, usedAt: found.mtimeMs };
  }
}

async function remove({ path, usedAt }: CachedClip): Promise<number> {
  // Somebody may have begun to use it since we looked.
  const found = await nullIfMissing(stat(path));
  if (!found || found.mtimeMs > usedAt) return 0;
  await rm(path, { force: true });
  return 1;
}

/** Null where the file or folder is not there: several processes may clear one folder. */
async function nullIfMissing<T>(operation: Promise<T>): Promise<T | null> {
  return await operation.catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  });
}
