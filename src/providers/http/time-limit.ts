import { AppError, canceled, throwIfCanceled } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';

/**
 * Runs work of several requests, such as a task that is started and then asked for, with a signal that ends with the caller's, or
 * after the service's time limit. Throws `_TIMEOUT` with the sentence then, and the caller's reason where that was first.
 */
export async function withinTimeLimit<T>(
  { service, timeoutMs }: Pick<ServiceSettings, 'service' | 'timeoutMs'>,
  sentence: string,
  callerSignal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  throwIfCanceled(callerSignal);
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(new AppError(`${service}_TIMEOUT`, sentence, { retriable: true })),
    timeoutMs,
  );
  const signal = AbortSignal.any([callerSignal, limit.signal]);
  try {
    return await work(signal);
  } catch (thrown) {
    throw signal.aborted ? canceled(signal) : thrown;
  } finally {
    clearTimeout(timer);
  }
}
