import { AppError } from '../errors.ts';
import { answerLost, type GenerationRequest } from './ledger.ts';
import type { Admission } from './provider-states.ts';

/** A provider that could not serve a request. */
export interface ProviderFailure {
  readonly provider: string;
  readonly error: AppError;
}

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
  return refusalOf(AppError.from(thrown)) === undefined;
}

/** Why the provider refused the request, e.g. RATE_LIMITED; undefined where it did not. */
export function refusalOf({ code }: AppError): string | undefined {
  return REFUSALS.find((refusal) => code === refusal || code.endsWith(`_${refusal}`));
}

/** Ends of the codes after which another provider is tried. */
const FAILOVER: readonly string[] = [
  'API_ERROR',
  'RATE_LIMITED',
  'QUOTA_EXCEEDED',
  'INVALID_API_KEY',
  'TIMEOUT',
  'FILE_DOWNLOAD_FAILED',
  'UNSUPPORTED_LANGUAGE',
  'UNKNOWN_VOICE',
  'PROVIDER_UNAVAILABLE',
];

/**
 * True where no other provider is tried: the run ends (canceled, lease lost), or the content was rejected, which another service would
 * be asked to overlook.
 */
export function isFinal({ code, cause }: AppError): boolean {
  if (cause instanceof LostEarlier) return false;
  return code !== 'INTERNAL_ERROR' && !FAILOVER.some((end) => code === end || code.endsWith(`_${end}`));
}

/** True where a service refused the content by its rules. */
export function isRejected({ code }: AppError): boolean {
  return code.endsWith('_CONTENT_REJECTED');
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

/** Cause of the ANSWER_LOST of a single provider, which another provider may follow. */
class LostEarlier extends Error {
  override readonly name = 'LostEarlier';
}

/** The only providers left have not answered this request before. */
export function lostEarlier(providers: readonly string[], stage: GenerationRequest['stage']): AppError {
  const { code, message } = answerLost(providers, stage);
  return new AppError(code, message, { cause: new LostEarlier('a call in this run has failed without an answer') });
}

export function nothingServes(): AppError {
  return new AppError('PROVIDER_UNAVAILABLE', 'No provider can serve the request.');
}

/** Cause of the error of a provider that an operator has disabled. */
class Disabled extends Error {
  override readonly name = 'Disabled';
}

export function isDisabled({ cause }: AppError): boolean {
  return cause instanceof Disabled;
}

/** The error of a provider that is not called now. */
export function heldBack(provider: string, admission: Exclude<Admission, { readonly admitted: true }>): AppError {
  if (admission.because === 'DISABLED')
    return new AppError('PROVIDER_UNAVAILABLE', `The provider ${provider} is disabled by an operator.`, {
      cause: new Disabled('it is not called'),
    });
  const { seconds } = admission;
  const message = `The provider ${provider} rests after repeated failures; it is called again in ${seconds} s.`;
  return new AppError('PROVIDER_UNAVAILABLE', message, { retriable: true, retryAfterSeconds: seconds });
}

/** The provider that follows, as a sentence names it: one with the user's own key is followed by the same service with the installation's. */
export function nameOfNext(provider: string, next: string): string {
  return provider === next ? `${next} with the installation’s key` : next;
}

/** The error of a request that a user's own key has begun, where that key was removed before the result was fetched. */
export function keyRemoved(provider: string): AppError {
  const message = `Your own key for ${provider} was removed before its result was fetched.`;
  return new AppError('PROVIDER_UNAVAILABLE', message);
}

/** The error of a request that no provider has served. */
export function failureOf(all: readonly ProviderFailure[]): AppError {
  const tried = all.filter(({ error }) => !isDisabled(error));
  const failures = tried.length === 0 ? all : tried;
  const [first] = failures;
  if (first === undefined) return nothingServes();
  if (failures.length === 1) return first.error;
  const list = failures.map(({ provider, error }) => `${provider}: ${error.message} (${error.code})`).join(' ');
  return new AppError('ALL_PROVIDERS_FAILED', `Every provider failed. ${list}`, {
    retriable: failures.some(({ error }) => error.retriable),
  });
}
