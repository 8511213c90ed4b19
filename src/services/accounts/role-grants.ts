import { sql } from 'kysely';
import { AuthError } from '../../auth/auth-error.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Sql } from '../../db/orm.ts';
import { Role, valuesOf } from '../../entities/enums.ts';
import { UserFaultError } from '../user-fault.ts';

export interface Grant {
  /** UUID. */
  readonly userId: string;
  readonly role: Role;
  /** Permanent where null or undefined. */
  readonly expiresAt?: Date | null | undefined;
}

/** Grants a role, or changes the expiry of a granted one. Throws FORBIDDEN, or UserFaultError INVALID or NOT_FOUND. */
export async function grantRole(
  rows: Sql,
  granter: Viewer | null,
  { userId, role, expiresAt = null }: Grant,
): Promise<void> {
  if (granter && rankOf(role) > Math.max(...granter.roles.map(rankOf), 0))
    throw new AuthError('FORBIDDEN', 'You cannot grant a role above your own.');
  if (expiresAt && expiresAt.getTime() <= Date.now())
    throw new UserFaultError({ code: 'INVALID', message: 'expiresAt must be in the future.', field: ['expiresAt'] });
  const user = await rows.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst();
  if (!user) throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such user.', field: ['userId'] });
  const terms = { granted_by: granter?.userId ?? null, expires_at: expiresAt };
  await rows
    .insertInto('user_roles')
    .values({ user_id: userId, role, ...terms })
    .onConflict((same) => same.columns(['user_id', 'role']).doUpdateSet({ ...terms, granted_at: sql<Date>`now()` }))
    .execute();
}

function rankOf(role: Role): number {
  return valuesOf(Role).indexOf(role);
}
