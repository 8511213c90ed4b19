import type { Role } from '../entities/enums.ts';
import { Permission } from './viewer.ts';

const USER: readonly Permission[] = ['USER_READ', 'VIDEO_READ'];
const CREATOR: readonly Permission[] = [
  ...USER,
  'USER_UPDATE',
  'VIDEO_CREATE',
  'VIDEO_UPDATE',
  'VIDEO_DELETE',
  'AI_GENERATE_TEXT',
];
const PREMIUM: readonly Permission[] = [...CREATOR, 'AI_GENERATE_IMAGE', 'AI_GENERATE_AUDIO', 'VIDEO_PUBLISH'];
const ADMIN: readonly Permission[] = [...PREMIUM, 'ADMIN_USER_MANAGE', 'ADMIN_ANALYTICS_VIEW'];

/** The permissions of each role; each role has all of the one before it. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  GUEST: [],
  USER,
  CREATOR,
  PREMIUM,
  ADMIN,
  SUPER_ADMIN: Object.values(Permission),
};

/** The same as sets, built once: they are used for each request. */
const ROLE_PERMISSION_SETS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  GUEST: new Set(ROLE_PERMISSIONS.GUEST),
  USER: new Set(ROLE_PERMISSIONS.USER),
  CREATOR: new Set(ROLE_PERMISSIONS.CREATOR),
  PREMIUM: new Set(ROLE_PERMISSIONS.PREMIUM),
  ADMIN: new Set(ROLE_PERMISSIONS.ADMIN),
  SUPER_ADMIN: new Set(ROLE_PERMISSIONS.SUPER_ADMIN),
};

/** The permissions of a user with all of these roles. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  const [only] = roles;
  if (only !== undefined && roles.length === 1) return ROLE_PERMISSION_SETS[only];
  return new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]));
}
