import { type IdType, typeOfId } from '../ids.ts';
import { notAllowed, notSignedIn } from './auth-error.ts';
import { type ShieldRule, shieldLibrary } from './shield.ts';
import type { Permission, Viewer } from './viewer.ts';

/** The part of the request's context that rules need. */
export interface RuleContext {
  readonly viewer: Viewer | null;
}

/** Requires a signed-in viewer for whom `allows` is true. Not cached: a look-up in a set is cheaper than any cache. */
function ruleFor(allows: (viewer: Viewer, args: { id?: unknown }) => boolean): ShieldRule {
  return shieldLibrary.rule({ cache: 'no_cache' })((_parent, args: { id?: unknown }, { viewer }: RuleContext) => {
    if (!viewer) return notSignedIn();
    return allows(viewer, args) ? true : notAllowed();
  });
}

export const anyone: ShieldRule = shieldLibrary.allow;

export const signedIn = ruleFor(() => true);

export function hasPermission(permission: Permission): ShieldRule {
  return ruleFor((viewer) => viewer.permissions.has(permission));
}

/** The permission to fetch an object of this type by its id: the same as for the type's own root field. */
const PERMISSION_OF_TYPE: Readonly<Record<IdType, Permission | null>> = {
  user: 'USER_READ',
  video: 'VIDEO_READ',
  scene: 'VIDEO_READ',
  generation: 'VIDEO_READ',
  provider: null,
  session: null,
  job: null,
};

/** For `node(id:)`. An invalid id is not refused: its object is simply not found. */
export const permissionOfNodeType = ruleFor((viewer, { id }) => {
  const type = typeof id === 'string' ? typeOfId(id) : null;
  const permission = type && PERMISSION_OF_TYPE[type];
  return permission === null || viewer.permissions.has(permission);
});
