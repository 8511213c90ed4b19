import { decodeId, type IdType } from '../ids.ts';
import type { UserErrorType } from '../schema/errors/user-error.type.ts';
import { type UserFault, UserFaultError } from '../services/user-fault.ts';

type WithUserErrors<T> = T & { readonly userErrors: readonly UserErrorType[] };

/**
 * A mutation's payload: the result of `work` (with userErrors of its own after a partial success), or `empty` with the errors that
 * the caller can correct. Other errors are rethrown.
 */
export async function payload<Empty extends object, Result extends object>(
  empty: Empty,
  work: () => Promise<Result>,
): Promise<WithUserErrors<Empty | Result>> {
  try {
    return { userErrors: [], ...(await work()) };
  } catch (thrown) {
    if (!(thrown instanceof UserFaultError)) throw thrown;
    return { ...empty, userErrors: userErrorsOf(thrown.faults) };
  }
}

/** The payload of a mutation that returns nothing else. */
export async function okPayload(work: () => Promise<void>): Promise<WithUserErrors<{ readonly ok: boolean }>> {
  return await payload({ ok: false }, async () => {
    await work();
    return { ok: true };
  });
}

export function userErrorsOf(faults: readonly UserFault[]): UserErrorType[] {
  return faults.map(({ code, message, field = null, retryAfterSeconds = null }) => ({
    code,
    message,
    field,
    retryAfterSeconds,
  }));
}

/** The UUID of a mutation's argument, `id` by default. Throws NOT_FOUND for an invalid id and one of another type. */
export function idOf(type: IdType, id: string, field: readonly string[] = ['id']): string {
  const uuid = decodeId(type, id);
  if (uuid === null) throw new UserFaultError({ code: 'NOT_FOUND', message: `There is no such ${type}.`, field });
  return uuid;
}
