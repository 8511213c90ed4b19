import { randomBytes } from 'node:crypto';
import { constants, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

const DRAFT_FLAGS = constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW | constants.O_WRONLY;

export interface AtomicWriteOptions {
  /** Absolute path; a file or a link of this name is replaced. */
  readonly path: string;
  /** Permissions of the new file, e.g. 0o644. */
  readonly mode: number;
  /** Aborts the writing. */
  readonly signal?: AbortSignal;
}

/**
 * Writes a file atomically. The draft in the same folder has a random name and must be new, and the rename replaces a
 * link instead of following it: other users may write to the folder too, as in /tmp.
 */
export async function writeAtomically(
  content: Readable | string,
  { path, mode, signal }: AtomicWriteOptions,
): Promise<void> {
  const draft = join(dirname(path), `.autovideo-${randomBytes(8).toString('hex')}.part`);
  const file = await open(draft, DRAFT_FLAGS, mode);
  try {
    // The program's own umask is stricter than that of the user who requested this file.
    await file.chmod(mode);
    await file.writeFile(content, { signal });
    await file.close();
    await rename(draft, path);
  } catch (thrown) {
    await file.close();
    await rm(draft, { force: true });
    throw thrown;
  }
}
