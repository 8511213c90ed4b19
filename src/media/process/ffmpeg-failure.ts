import { AppError } from '../../errors.ts';

/** Messages of the system or FFmpeg when a disk, a quota or a limit (ulimit -f) prevents a file from growing. */
const DISK_FULL = /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT|File too large|EFBIG|ended with SIGXFSZ/i;

/** The last output lines of a failed FFmpeg as an AppError; the lines go into its cause, for the log. */
export function ffmpegFailure(exit: string, lastLines: readonly string[]): AppError {
  const output = lastLines.join('\n');
  const cause = new Error(`FFmpeg ended with ${exit}:\n${output}`);
  if (DISK_FULL.test(cause.message)) return diskFull(cause);
  return new AppError('FFMPEG_FAILED', 'FFmpeg could not finish its work on this film.', { cause });
}

/** Codes of the system when it temporarily cannot start another process. */
const SHORT_OF_RESOURCES: ReadonlySet<unknown> = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']);

/**
 * The error for an FFmpeg that was not started: FFMPEG_NOT_FOUND where the program is missing or not executable, else
 * FFMPEG_FAILED with the system's code, e.g. E2BIG for arguments that are too long. An AppError stays as it is.
 */
export function startFailure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === undefined || code === 'ENOENT' || code === 'EACCES')
    return ffmpegNotFound('FFmpeg could not be started: install ffmpeg (version 5 or newer) and ffprobe.', cause);
  const retriable = SHORT_OF_RESOURCES.has(code);
  return new AppError('FFMPEG_FAILED', `The system could not start FFmpeg (${String(code)}).`, { cause, retriable });
}

export function ffmpegNotFound(message: string, cause?: unknown): AppError {
  return new AppError('FFMPEG_NOT_FOUND', message, { cause });
}

/** A failed file operation as an AppError if the disk is full; any other thrown value unchanged. */
export function fileFailure(thrown: unknown): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  return DISK_FULL.test(thrown.message) ? diskFull(thrown) : thrown;
}

function diskFull(cause: Error): AppError {
  return new AppError('DISK_SPACE_INSUFFICIENT', 'The disk is full. Free some space, then try again.', {
    cause,
    retriable: true,
  });
}
