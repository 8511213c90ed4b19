import { AppError } from '../errors.ts';

const MAX_KEY_LENGTH = 512;
/** Letters, digits, '.', '_' and '-'; no part begins with a dot, so neither '..' nor a hidden file can be named. */
const KEY = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** Returns the key itself. Throws STORAGE_ERROR for one that could name anything outside the store. */
export function checkedKey(key: string): string {
  if (!isKey(key)) throw new AppError('STORAGE_ERROR', 'A file was asked for under an impossible name.');
  return key;
}

export function isKey(text: string): boolean {
  return text.length <= MAX_KEY_LENGTH && KEY.test(text);
}

/**
 * File storage. Keys are relative paths with '/' ("videos/<id>/film-ab12.mp4"); the content of a key never changes once
 * written, so an existing key can be trusted and reused.
 */
export interface StoredFile {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** A file found by listing. */
export interface ListedFile extends StoredFile {
  /** Time of the last write. */
  readonly modifiedAt: Date;
}

export interface Storage {
  /** Writes atomically: a reader never sees a partial file. Writing an existing key again is harmless. */
  put(key: string, bytes: Uint8Array): Promise<StoredFile>;
  /** Moves a finished local file in atomically. The source is gone afterwards. */
  putFile(key: string, sourcePath: string): Promise<StoredFile>;
  stat(key: string): Promise<StoredFile | null>;
  read(key: string): Promise<Uint8Array>;
  /** A local path that FFmpeg may read (never write). Throws STORAGE_ERROR if the key does not exist. */
  localPath(key: string): Promise<string>;
  /** Removes everything under the prefix; a prefix without files is not an error. */
  removeAll(prefix: string): Promise<void>;
  /**
   * Lists everything under the prefix, which ends with '/', one by one: files whose keys begin alike up to a '/' are
   * listed together, and files added or removed meanwhile may be missing.
   */
  list(prefix: string): AsyncIterable<ListedFile>;
  /** Verifies that a file can be written, read and removed. */
  check(): Promise<void>;
}
