import { copyFile, mkdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailure } from '../process/ffmpeg-failure.ts';

/** Where finished clips stay. Keys are 64 hexadecimal digits: the SHA-256 of everything that decides a clip's bytes. */
export interface ClipCache {
  /** A readable local path, or null where there is no such clip. */
  find(key: string): Promise<string | null>;
  /** Moves a finished clip in, whole or not at all, and gives the path at which it can be read from now on. */
  keep(key: string, path: string): Promise<string>;
}

/** A clip cache in a folder of the local disk. Throws DISK_SPACE_INSUFFICIENT when the disk is full. */
export class FileClipCache implements ClipCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A lookup counts as a use: it sets the file's time, by which unused clips are recognised. */
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

/** Moves a file so that no reader sees a partial target, also across file systems. */
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
