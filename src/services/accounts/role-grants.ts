import { AuthError } from '../../auth/auth-error.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Sql } from '../../db/orm.ts';
import { Role, valuesOf } from '../../entities/enums.ts';
import { UserFaultError } from '../user-fault.ts';
import { writeGrant } from './account-store.ts';

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
  if (!(await writeGrant(rows, granter?.userId ?? null, { userId, role, expiresAt })))
    throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such user.', field: ['userId'] });
}

function rankOf(role: Role): number {
  return valuesOf(Role).indexOf(role);
}
