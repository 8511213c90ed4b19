import { copyFile, mkdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailure } from '../process/ffmpeg-failure.ts';
import type { ClipCache } from './clip-cache.ts';

/** A clip cache in a folder of the local disk. Throws DISK_SPACE_INSUFFICIENT when the disk is full. */
export class FileClipCache implements ClipCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Being found is being used: its time is set, by which those that nobody uses are known. */
  async find(key: string): Promise<string | null> {
    const path = this.#pathOf(key);
    const now = new Date();
    return utimes(path, now, now).then(
      () => path,
      () => null,
    );
  }

  async keep(key: string, path: string): Promise<string> {
    const cached = this.#pathOf(key);
    await mkdir(this.#folder, { recursive: true });
    await moveAtomically(path, cached);
    return cached;
  }

  #pathOf(key: string): string {
    return join(this.#folder, `${key}.mp4`);
  }
}

/** Moves a file so that the target is never seen half written, also across file systems. */
export async function moveAtomically(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw fileFailure(error);
    await copyAtomically(from, to);
  }
}

async function copyAtomically(from: string, to: string): Promise<void> {
  const draft = `${to}.${process.pid}.part`;
  try {
    await copyFile(from, draft);
    await rename(draft, to);
    await rm(from, { force: true });
  } catch (error) {
    await rm(draft, { force: true });
    throw fileFailure(error);
  }
}
