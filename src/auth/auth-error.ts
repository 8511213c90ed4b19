/** Too many attempts. Sent as a top-level GraphQL error RATE_LIMITED with `retryAfterSeconds`. */
export class RateLimitedError extends Error {
  override readonly name = 'RateLimitedError';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, message = `Too many attempts: wait ${retryAfterSeconds} s and try again.`) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type AuthErrorCode = 'UNAUTHENTICATED' | 'FORBIDDEN';

/**
 * The caller is not signed in (any more), or lacks the permission. Sent as a top-level GraphQL error with this code,
 * so the message says what the caller can do and not why a token was refused.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;

  constructor(code: AuthErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
  }
}

export function notSignedIn(): AuthError {
  return new AuthError('UNAUTHENTICATED', 'Sign in first: send an access token with this request.');
}

export function notAllowed(): AuthError {
  return new AuthError('FORBIDDEN', 'Your roles do not allow this.');
}

export function notForApiKeys(): AuthError {
  return new AuthError('FORBIDDEN', 'An API key cannot do this: sign in with a password.');
}

/** The token or its session is no longer valid. One message for every reason. */
export function sessionEnded(cause?: unknown): AuthError {
  return new AuthError('UNAUTHENTICATED', 'This token is not valid or has ended: sign in again.', { cause });
}
