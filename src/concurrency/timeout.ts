import { AppError, type ErrorCode } from '../errors.ts';

export interface TimeoutOptions {
  readonly milliseconds: number;
  /** Thrown, retriable, once the time is over. */
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * The promise's outcome, or an AppError where it takes too long. The promise itself continues, and its later outcome is
 * ignored: the caller has to discard what did not answer.
 */
export async function withTimeout<T>({ milliseconds, code, message }: TimeoutOptions, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = () => reject(new AppError(code, message, { retriable: true }));
    // After a time in which the process was busy or stopped, an answer may already be there: it is handled first.
    timer = setTimeout(() => setImmediate(refuse), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
