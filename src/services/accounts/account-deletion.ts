import { type Em, sqlOf } from '../../db/orm.ts';
import { eraseFromAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { deleteOwned, isLastSuperAdmin, lockUser, readOwned } from './account-deletion-sql.ts';
import { lockFirstAdmin } from './account-store.ts';

export interface DeletedAccount {
  /** Of the sessions that were open: their sockets are to be closed after the commit. */
  readonly sessionIds: readonly string[];
  /** Of all videos: workers that make one are to be notified after the commit. */
  readonly videoIds: readonly string[];
}

/**
 * Deletes an account and all that belongs to it, in the transaction of `em`: sessions, keys, quotas, videos (their files are removed by the
 * task purge-deleted-videos), and its personal data in the audit log, where its administrative acts on others stay. What was paid to
 * providers stays on record, without content and without the user. The caller adds the entry `account.delete` or `user.delete` to the
 * audit log afterwards.
 * Throws UserFaultError NOT_FOUND, or INVALID_STATE for the last SUPER_ADMIN.
 */
export async function deleteAccountData(em: Em, userId: string): Promise<DeletedAccount> {
  const rows = sqlOf(em);
  // Two of the last SUPER_ADMINs must not be deleted at once.
  await lockFirstAdmin(em);
  if (!(await lockUser(rows, userId)))
    throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such user.', field: ['id'] });
  if (await isLastSuperAdmin(rows, userId))
    throw new UserFaultError({
      code: 'INVALID_STATE',
      message: 'This is the last SUPER_ADMIN: give the role to another user first.',
    });
  const owned = await readOwned(rows, userId);
  await deleteOwned(rows, userId);
  await eraseFromAudit(em, userId);
  return owned;
}
