/** Too many tries. Leaves as a top-level GraphQL error RATE_LIMITED with `retryAfterSeconds`. */
export class RateLimitedError extends Error {
  override readonly name = 'RateLimitedError';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, message = `Too many tries: wait ${retryAfterSeconds} s and try again.`) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
