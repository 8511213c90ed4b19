import { AppError } from '../errors.ts';
import type { ProviderStage } from './ledger.ts';

/** Ends of the codes of a refusal: the service made nothing. */
const REFUSALS: readonly string[] = [
  'API_ERROR',
  'CONTENT_REJECTED',
  'RATE_LIMITED',
  'QUOTA_EXCEEDED',
  'INVALID_API_KEY',
  'UNSUPPORTED_LANGUAGE',
  'UNKNOWN_VOICE',
  'PROVIDER_UNAVAILABLE',
];

/**
 * True unless the provider refused the request. Any other error (a timeout, a cut connection, an unexpected one) may have left a
 * paid answer behind.
 */
export function isLost(thrown: unknown): boolean {
  const { code } = AppError.from(thrown);
  return !REFUSALS.some((refusal) => code === refusal || code.endsWith(`_${refusal}`));
}

/** Ends of the codes after which another provider is tried. */
const FAILOVER: readonly string[] = [
  'API_ERROR',
  'RATE_LIMITED',
  'QUOTA_EXCEEDED',
  'INVALID_API_KEY',
  'TIMEOUT',
  'UNSUPPORTED_LANGUAGE',
  'UNKNOWN_VOICE',
  'PROVIDER_UNAVAILABLE',
];

/**
 * True where no other provider is tried: the run ends (canceled, lease lost), or the content was rejected, which another service would
 * be asked to overlook.
 */
export function isFinal({ code }: AppError): boolean {
  return code !== 'INTERNAL_ERROR' && !FAILOVER.some((end) => code === end || code.endsWith(`_${end}`));
}

/** Attempts of one provider at one request before the next provider is tried. */
const MOST_ATTEMPTS = 3;
/** A longer wait is left to the next provider, or to the next attempt at the stage. */
const LONGEST_WAIT_SECONDS = 10;

/** Seconds before the same provider is called again; undefined where it is not. Only refusals are repeated: a lost answer may be paid for. */
export function waitBeforeRetry(error: AppError, attempt: number): number | undefined {
  if (!error.retriable || isLost(error) || error.code.startsWith('LOCAL_') || attempt >= MOST_ATTEMPTS)
    return undefined;
  const seconds = error.retryAfterSeconds ?? 2 ** (attempt - 1);
  return seconds <= LONGEST_WAIT_SECONDS ? seconds : undefined;
}

export function nothingServes(stage: ProviderStage): AppError {
  return new AppError('PROVIDER_UNAVAILABLE', `No provider can serve the stage ${stage}.`);
}
