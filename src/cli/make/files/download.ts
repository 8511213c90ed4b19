import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '../../../errors.ts';
import { type OutputOptions, type SaveOptions, save } from './out-file.ts';

export interface Film {
  readonly title: string;
  /** Signed link. */
  readonly fileUrl: string;
  /** Bytes, as decimal text. */
  readonly fileSize: string | null;
}

/** Fetches the film to where it was wished; gives the path. Throws FILE_DOWNLOAD_FAILED, and leaves nothing half then. */
export async function download(
  film: Film,
  output: OutputOptions,
  saveOptions: Omit<SaveOptions, 'title'>,
): Promise<string> {
  const { signal } = saveOptions;
  try {
    const response = await fetch(film.fileUrl, { signal });
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const path = await save(Readable.fromWeb(response.body), output, { ...saveOptions, title: film.title });
    await checkSize(path, film.fileSize);
    return path;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof AppError) throw cause;
    throw new AppError('FILE_DOWNLOAD_FAILED', `The film could not be fetched: ${reasonOf(cause)}.`, { cause });
  }
}

async function checkSize(path: string, expected: string | null): Promise<void> {
  const { size } = await stat(path);
  if (expected !== null && String(size) !== expected) throw new Error(`${size} of ${expected} bytes came`);
}

/** fetch says "fetch failed" and keeps what happened to itself. */
function reasonOf(thrown: unknown): string {
  const inner = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return inner instanceof Error ? inner.message : String(inner);
}
