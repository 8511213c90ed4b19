import { AuthError } from '../../../auth/auth-error.ts';
import { Role, valuesOf } from '../../../entities/enums.ts';
import type { Actor } from '../../audit/actor.ts';

/** Throws FORBIDDEN for a role above the actor's own. */
export function requireRankOf({ viewer }: Actor, role: Role): void {
  if (viewer && rankOf([role]) > rankOf(viewer.roles))
    throw new AuthError('FORBIDDEN', 'You cannot grant or revoke a role above your own.');
}

/** Throws FORBIDDEN where a user with these roles is of a higher rank than the actor. */
export function requireRankOver({ viewer }: Actor, roles: readonly Role[]): void {
  if (viewer && rankOf(roles) > rankOf(viewer.roles))
    throw new AuthError('FORBIDDEN', 'You cannot act on a user whose role is above your own.');
}

/** Of the highest of the roles; 0 is GUEST. */
function rankOf(roles: readonly Role[]): number {
  return Math.max(0, ...roles.map((role) => valuesOf(Role).indexOf(role)));
}
