import { AppError } from '../errors.ts';

/** True for an error of the operating system with one of these codes, such as ENOENT. */
export function isSystemError(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && codes.includes(thrown.code);
}

/** Translates a disk error. The path stays in `cause`: it is for the log, not for a client. */
export function storageError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isSystemError(thrown, 'ENOSPC', 'EDQUOT', 'EFBIG'))
    return new AppError(
      'DISK_SPACE_INSUFFICIENT',
      'The disk that holds the files is full. Free some space, then try again.',
      { cause: thrown, retriable: true },
    );
  if (isSystemError(thrown, 'ENOENT'))
    return new AppError('STORAGE_ERROR', 'The file does not exist.', { cause: thrown });
  return new AppError('STORAGE_ERROR', 'The file could not be read or written.', { cause: thrown, retriable: true });
}
