import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { copyFile, mkdir, open, opendir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { isSystemError, storageError } from './disk-errors.ts';
import type { ListedFile, Storage, StoredFile } from './storage.ts';
import { checkedKey, isKey } from './storage.ts';

/**
 * Folder of drafts, on the same file system as the files, so that a rename moves them atomically. No key can name it.
 */
const DRAFTS = '.drafts';
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** Stores files below one folder of this machine. */
export class LocalStorage implements Storage {
  readonly #root: string;
  readonly #fileMode: number;

  /**
   * Creates the folder if it is missing, and removes drafts that a killed process left more than a day ago. Written files get
   * `fileMode` without what the umask removes.
   */
  static async open(root: string, { fileMode = 0o666 } = {}): Promise<LocalStorage> {
    await mkdir(join(root, DRAFTS), { recursive: true }).catch(rethrow);
    await removeAbandoned(join(root, DRAFTS)).catch(rethrow);
    return new LocalStorage(root, fileMode);
  }

  private constructor(root: string, fileMode: number) {
    this.#root = resolve(root);
    this.#fileMode = fileMode;
  }

  put(key: string, bytes: Uint8Array): Promise<StoredFile> {
    return this.#writeDraft(key, (draft) => writeDurably(draft, bytes, this.#fileMode));
  }

  async putFile(key: string, sourcePath: string): Promise<StoredFile> {
    const stored = await this.#writeDraft(key, (draft) => move(sourcePath, draft));
    await rm(sourcePath, { force: true }).catch(rethrow);
    return stored;
  }

  async stat(key: string): Promise<StoredFile | null> {
    try {
      const found = await stat(this.#pathOf(key));
      return found.isFile() ? { key, size: found.size } : null;
    } catch (error) {
      if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return null;
      throw storageError(error);
    }
  }

  async read(key: string): Promise<Uint8Array> {
    return await readFile(this.#pathOf(key)).catch(rethrow);
  }

  async localPath(key: string): Promise<string> {
    if ((await this.stat(key)) === null) throw new AppError('STORAGE_ERROR', 'The file does not exist.');
    return this.#pathOf(key);
  }

  async removeAll(prefix: string): Promise<void> {
    await rm(this.#pathOf(prefix.replace(/\/$/, '')), { recursive: true, force: true }).catch(rethrow);
  }

  async *list(prefix: string): AsyncGenerator<ListedFile, void, undefined> {
    const folder = prefix.replace(/\/$/, '');
    yield* filesBelow(this.#pathOf(folder), folder);
  }

  async check(): Promise<void> {
    const key = `check-${randomUUID()}`;
    try {
      await this.put(key, Buffer.from(key));
      if (Buffer.from(await this.read(key)).toString() !== key)
        throw new AppError('STORAGE_ERROR', 'A file was read back with different content than was written.', {
          retriable: true,
        });
    } finally {
      await this.removeAll(key);
    }
  }

  /** Lets `make` write a draft, then moves it to its key atomically; the draft is removed in any case. */
  async #writeDraft(key: string, make: (draft: string) => Promise<void>): Promise<StoredFile> {
    const path = this.#pathOf(key);
    const draft = join(this.#root, DRAFTS, randomUUID());
    try {
      await make(draft);
      const { size } = await stat(draft);
      const made = await mkdir(dirname(path), { recursive: true });
      await rename(draft, path);
      await this.#syncNames(dirname(path), made !== undefined);
      return { key, size };
    } catch (error) {
      throw storageError(error);
    } finally {
      await rm(draft, { force: true }).catch(rethrow);
    }
  }

  /** Without this a power failure may lose the new name although the bytes are on the disk. */
  async #syncNames(folder: string, isNew: boolean): Promise<void> {
    await syncFolder(folder);
    if (isNew && folder !== this.#root) await this.#syncNames(dirname(folder), true);
  }

  #pathOf(key: string): string {
    return join(this.#root, checkedKey(key));
  }
}

function rethrow(error: unknown): never {
  throw storageError(error);
}

async function writeDurably(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  await using file = await open(path, 'wx', mode);
  await file.writeFile(bytes);
  await file.sync();
}

/** A rename, or a copy if the source is on another file system. */
async function move(source: string, target: string): Promise<void> {
  try {
    await sync(source);
    await rename(source, target);
  } catch (error) {
    if (!isSystemError(error, 'EXDEV')) throw error;
    await copyFile(source, target, constants.COPYFILE_EXCL);
    await sync(target);
  }
}

async function sync(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

/**
 * One folder is open for each level, and entries are read one by one, so that memory does not grow with their number.
 */
async function* filesBelow(path: string, key: string): AsyncGenerator<ListedFile, void, undefined> {
  try {
    for await (const entry of await opendir(path)) {
      if (!isKey(entry.name)) continue;
      const [below, belowKey] = [join(path, entry.name), `${key}/${entry.name}`];
      if (entry.isDirectory()) yield* filesBelow(below, belowKey);
      const found = entry.isFile() ? await statUnlessGone(below) : null;
      if (found) yield { key: belowKey, size: found.size, modifiedAt: found.mtime };
    }
  } catch (error) {
    // Another process removed the folder since it was listed.
    if (!isSystemError(error, 'ENOENT', 'ENOTDIR')) throw storageError(error);
  }
}

/** Null if another process removed it since it was listed. */
async function statUnlessGone(path: string): Promise<Stats | null> {
  return await stat(path).catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return null;
    throw error;
  });
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await statUnlessGone(path);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}
