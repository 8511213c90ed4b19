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

/**
 * Downloads the film to the requested path and returns it. Throws FILE_DOWNLOAD_FAILED and then leaves no partial file.
 */
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
    throw new AppError('FILE_DOWNLOAD_FAILED', `The film could not be downloaded: ${reasonOf(cause)}.`, { cause });
  }
}

async function checkSize(path: string, expected: string | null): Promise<void> {
  const { size } = await stat(path);
  if (expected !== null && String(size) !== expected) throw new Error(`only ${size} of ${expected} bytes arrived`);
}

/** fetch throws "fetch failed" and has the reason only in its cause. */
function reasonOf(thrown: unknown): string {
  const inner = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return inner instanceof Error ? inner.message : String(inner);
}
