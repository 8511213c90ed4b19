import { hashOf } from '../content-hash.ts';
import type { Transaction } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { readKey, rememberKey } from './idempotency-sql.ts';
import { UserFaultError } from './user-fault.ts';

export interface IdempotentRequest {
  readonly userId: string;
  /** The mutation; the same key may be used for another. */
  readonly operation: string;
  /** The client's key for this request; without it each request is separate. */
  readonly key: string | null | undefined;
  /** Plain data that determines the effect. */
  readonly input: unknown;
  /** UUID of what the work changes or creates. */
  readonly subjectId: string;
}

/** Length of an idempotency key, in characters (code points). */
export const MAX_KEY_LENGTH = 255;

/** The result of the work, or the subject of an earlier request with the key. */
export type OnceResult<T> =
  | { readonly isFirst: true; readonly result: T }
  | { readonly isFirst: false; readonly subjectId: string };

/**
 * Does the work once for each key, in the caller's transaction; a repeated key has no effect. Throws
 * IDEMPOTENCY_MISMATCH where the key came with another input. Of many concurrent requests one does the work; the others wait for its
 * commit.
 */
export async function runOnce<T>(
  transaction: Transaction,
  request: IdempotentRequest,
  work: () => Promise<T>,
): Promise<OnceResult<T>> {
  const hash = inputHashOf(request);
  if (request.key == null || hash === null) return { isFirst: true, result: await work() };
  const { userId, operation, key, subjectId } = request;
  if (await rememberKey(transaction, { userId, operation, key, hash, subjectId }))
    return { isFirst: true, result: await work() };
  return { isFirst: false, subjectId: await subjectOfKey(transaction, request) };
}

/** The hash stored for the key, for later requests with it; null where this request has none. Throws for a key of invalid length. */
function inputHashOf({ key, input }: IdempotentRequest): string | null {
  if (key == null) return null;
  refuseKey(key);
  return hashOf(input);
}

/** The subject of an earlier request with the key. Throws IDEMPOTENCY_MISMATCH where its input was another. */
export async function subjectOfKey(transaction: Transaction, request: IdempotentRequest): Promise<string> {
  const { userId, operation, key } = request;
  const earlier = await readKey(transaction, { userId, operation, key: key ?? '' });
  if (!earlier) throw new AppError('INTERNAL_ERROR', 'A key that was remembered is not there.');
  if (earlier.hash !== inputHashOf(request) || earlier.subjectId === null) throw mismatch();
  return earlier.subjectId;
}

function refuseKey(key: string): void {
  const length = Array.from(key).length;
  // PostgreSQL stores neither a NUL nor half of a surrogate pair.
  const isStorable = key.isWellFormed() && !key.includes('\0');
  if (length > 0 && length <= MAX_KEY_LENGTH && isStorable) return;
  const message = isStorable
    ? `An idempotency key has 1 to ${MAX_KEY_LENGTH} characters; this one has ${length}.`
    : 'An idempotency key must not contain a NUL character or half of a surrogate pair: use a UUID, for example.';
  throw new UserFaultError({ code: 'INVALID', message, field: ['idempotencyKey'] });
}

function mismatch(): UserFaultError {
  const message = 'This idempotency key was used with another input: use a new key for a new request.';
  return new UserFaultError({ code: 'IDEMPOTENCY_MISMATCH', message, field: ['idempotencyKey'] });
}
