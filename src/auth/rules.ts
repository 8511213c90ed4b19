import { type IdType, typeOfId } from '../ids.ts';
import { type AuthError, notAllowed, notForApiKeys, notSignedIn } from './auth-error.ts';
import { type ShieldRule, shieldLibrary } from './shield.ts';
import type { Permission, Viewer } from './viewer.ts';

/** The part of the request's context that rules need. */
export interface RuleContext {
  readonly viewer: Viewer | null;
}

interface RuleArguments {
  readonly id?: unknown;
}

/**
 * Requires a signed-in viewer for whom `refusal` is null. Not cached: a look-up in a set is cheaper than any cache.
 */
function ruleOf(refusal: (viewer: Viewer, args: RuleArguments) => AuthError | null): ShieldRule {
  return shieldLibrary.rule({ cache: 'no_cache' })((_parent, args: RuleArguments, { viewer }: RuleContext) =>
    viewer ? (refusal(viewer, args) ?? true) : notSignedIn(),
  );
}

function ruleFor(allows: (viewer: Viewer, args: RuleArguments) => boolean): ShieldRule {
  return ruleOf((viewer, args) => (allows(viewer, args) ? null : notAllowed()));
}

export const anyone: ShieldRule = shieldLibrary.allow;

export const signedIn = ruleFor(() => true);

/**
 * What only a person may do, and no program with an API key: it could make itself another key or session, which would outlive
 * its own, or take the account over.
 */
export const signedInPerson = ruleOf((viewer) => (isPerson(viewer) ? null : notForApiKeys()));

/** For what belongs to the caller's account: an API key has to have USER_READ, as for the private fields of its owner. */
export const ownAccount = ruleFor((viewer) => isPerson(viewer) || viewer.permissions.has('USER_READ'));

function isPerson({ apiKeyId }: Viewer): boolean {
  return apiKeyId === undefined;
}

export function hasPermission(permission: Permission): ShieldRule {
  return ruleFor((viewer) => viewer.permissions.has(permission));
}

export function allOf(...permissions: readonly Permission[]): ShieldRule {
  return ruleFor((viewer) => permissions.every((permission) => viewer.permissions.has(permission)));
}

/** The permission to fetch an object of this type by its id: the same as for the type's own root field. */
const PERMISSION_OF_TYPE: Readonly<Record<IdType, Permission | 'PERSON' | null>> = {
  user: 'USER_READ',
  video: 'VIDEO_READ',
  scene: 'VIDEO_READ',
  generation: 'VIDEO_READ',
  provider: null,
  session: 'PERSON',
  key: 'PERSON',
  audit: 'ADMIN_USER_MANAGE',
  job: null,
  alert: 'ADMIN_ANALYTICS_VIEW',
  backup: 'ADMIN_SYSTEM_CONFIG',
};

/** For `node(id:)`. An invalid id is not refused: its object is simply not found. */
export const permissionOfNodeType = ruleOf((viewer, { id }) => {
  const type = typeof id === 'string' ? typeOfId(id) : null;
  const required = type && PERMISSION_OF_TYPE[type];
  if (required === null) return null;
  if (required === 'PERSON') return isPerson(viewer) ? null : notForApiKeys();
  return viewer.permissions.has(required) ? null : notAllowed();
});
