import { AppError, type ErrorCode } from './errors.ts';

export interface TimeoutOptions {
  readonly milliseconds: number;
  /** What is thrown, retriable, once the time is over. */
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * The promise's outcome, or an AppError where it takes too long. The promise itself goes on, and what it comes to later is
 * heard by nobody: whoever asks has to throw away what did not answer.
 */
export async function withTimeout<T>({ milliseconds, code, message }: TimeoutOptions, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = () => reject(new AppError(code, message, { retriable: true }));
    // A process that was busy or stopped all the while finds the answer lying there: that is heard first.
    timer = setTimeout(() => setImmediate(refuse), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
