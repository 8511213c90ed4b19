import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ClipLimits {
  /** Clips unused for longer are removed. */
  readonly days: number;
  /**
   * Of the remaining clips, the least recently used are removed until the total is no larger than this; never one
   * younger than a day.
   */
  readonly bytes: number;
}

interface CachedClip {
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Removes clips from a folder that is only a cache. Returns their number, and calls back with the bytes of each. A missing folder counts
 * as empty.
 */
export async function evictClips(
  folder: string,
  { days, bytes }: ClipLimits,
  signal: AbortSignal,
  onRemoved: (size: number) => void = () => undefined,
): Promise<number> {
  const remove = async (clip: CachedClip) => {
    const count = await removeUnused(clip);
    if (count > 0) onRemoved(clip.size);
    return count;
  };
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

/** All clips are held in memory for sorting only where the folder is too large. */
async function oldestFirst(folder: string, signal: AbortSignal): Promise<CachedClip[]> {
  const clips: CachedClip[] = [];
  for await (const clip of clipsIn(folder, signal)) if (Date.now() - clip.usedAt > DAY_MS) clips.push(clip);
  return clips.sort((one, other) => one.usedAt - other.usedAt);
}

/** Includes the partial files of killed processes. */
async function* clipsIn(folder: string, signal: AbortSignal): AsyncGenerator<CachedClip> {
  const entries = await nullIfMissing(opendir(folder));
  for await (const entry of entries ?? []) {
    signal.throwIfAborted();
    const path = join(folder, entry.name);
    const found = entry.isFile() ? await nullIfMissing(stat(path)) : null;
    if (found) yield { path, size: found.size, usedAt: found.mtimeMs };
  }
}

async function removeUnused({ path, usedAt }: CachedClip): Promise<number> {
  // Another process may have used it since it was listed.
  const found = await nullIfMissing(stat(path));
  if (!found || found.mtimeMs > usedAt) return 0;
  await rm(path, { force: true });
  return 1;
}

/** Null where the file or folder is missing: several processes may clear one folder. */
async function nullIfMissing<T>(operation: Promise<T>): Promise<T | null> {
  return await operation.catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  });
}
