import { AppError } from '../../errors.ts';

/** Throws CANCELED once the signal has been given; for work that is done between two looks at it. */
export function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('CANCELED', 'The work was canceled.', { cause: signal.reason });
}
