/** An error in the input that the caller can correct; becomes an entry of `userErrors`. */
export type UserFaultCode =
  | 'INVALID'
  | 'REQUIRED'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'TAKEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'INVALID_STATE'
  | 'INVALID_CREDENTIALS'
  | 'ACCOUNT_LOCKED'
  | 'QUOTA_EXCEEDED'
  | 'BUDGET_EXCEEDED'
  | 'IDEMPOTENCY_MISMATCH'
  | 'UNSUPPORTED'
  | 'PROVIDER_UNAVAILABLE';

export interface UserFault {
  readonly code: UserFaultCode;
  /** A sentence that says what to do. */
  readonly message: string;
  /** Path of the wrong input, e.g. ['input', 'scenes', '0', 'narration']; undefined where it is not about one field. */
  readonly field?: readonly string[];
  /** Whole seconds after which the same input may succeed; undefined where waiting does not help. */
  readonly retryAfterSeconds?: number;
}

/** Thrown by services; all faults of one input at once. Nothing is changed when it is thrown. */
export class UserFaultError extends Error {
  override readonly name = 'UserFaultError';
  readonly faults: readonly UserFault[];

  constructor(...faults: UserFault[]) {
    super(faults.map((fault) => fault.message).join(' '));
    this.faults = faults;
  }
}
