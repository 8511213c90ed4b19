import { hashOf } from '../content-hash.ts';
import { type Em, sqlOf } from '../db/orm.ts';
import { IdempotencyKey } from '../entities/idempotency-key.ts';
import { UserFaultError } from './user-fault.ts';

export interface Repeatable {
  readonly userId: string;
  /** Which mutation; the same key may be used for another. */
  readonly operation: string;
  /** What the client called this request; without it each request stands for itself. */
  readonly key: string | null | undefined;
  /** Plain data that decides what is done. */
  readonly input: unknown;
}

const LONGEST_KEY = 255;

/**
 * Does the work once for each key, in the caller's transaction, and gives the id of the video that came of it; the same
 * key again gives the same video and does nothing. Throws IDEMPOTENCY_MISMATCH where the key came with another input.
 * Of many at once one does the work; the others wait for its commit and get its video.
 */
export async function once(
  em: Em,
  request: Repeatable,
  work: () => Promise<string>,
): Promise<{ videoId: string; isFirst: boolean }> {
  const { userId, operation, key, input } = request;
  if (key == null) return { videoId: await work(), isFirst: true };
  refuseKey(key);
  const inputHash = hashOf(input);
  const place = { userId, operation, key };
  const rows = sqlOf(em);
  const written = await rows
    .insertInto('idempotency_keys')
    .values({ user_id: userId, operation, key, input_hash: inputHash })
    .onConflict((same) => same.columns(['user_id', 'operation', 'key']).doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows === 1n) {
    const videoId = await work();
    await em.nativeUpdate(IdempotencyKey, place, { videoId });
    return { videoId, isFirst: true };
  }
  const earlier = await em.findOneOrFail(IdempotencyKey, place);
  if (earlier.inputHash !== inputHash || earlier.videoId == null) throw mismatch();
  return { videoId: earlier.videoId, isFirst: false };
}

function refuseKey(key: string): void {
  if (key.length > 0 && key.length <= LONGEST_KEY) return;
  const message = `An idempotency key has 1 to ${LONGEST_KEY} characters; this one has ${key.length}.`;
  throw new UserFaultError({ code: 'INVALID', message, field: ['idempotencyKey'] });
}

function mismatch(): UserFaultError {
  const message = 'This idempotency key was used with another input: use a new key for a new request.';
  return new UserFaultError({ code: 'IDEMPOTENCY_MISMATCH', message, field: ['idempotencyKey'] });
}
