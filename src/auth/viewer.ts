import type { Role } from '../entities/enums.ts';

export const Permission = {
  USER_READ: 'USER_READ',
  USER_UPDATE: 'USER_UPDATE',
  USER_DELETE: 'USER_DELETE',
  VIDEO_CREATE: 'VIDEO_CREATE',
  VIDEO_READ: 'VIDEO_READ',
  VIDEO_UPDATE: 'VIDEO_UPDATE',
  VIDEO_DELETE: 'VIDEO_DELETE',
  VIDEO_PUBLISH: 'VIDEO_PUBLISH',
  AI_GENERATE_TEXT: 'AI_GENERATE_TEXT',
  AI_GENERATE_IMAGE: 'AI_GENERATE_IMAGE',
  AI_GENERATE_AUDIO: 'AI_GENERATE_AUDIO',
  ADMIN_USER_MANAGE: 'ADMIN_USER_MANAGE',
  ADMIN_SYSTEM_CONFIG: 'ADMIN_SYSTEM_CONFIG',
  ADMIN_ANALYTICS_VIEW: 'ADMIN_ANALYTICS_VIEW',
} as const;
export type Permission = keyof typeof Permission;

/** The caller: a signed-in user as of this request. A guest is `null`. */
export interface Viewer {
  readonly userId: string;
  readonly username: string;
  /** Grants that have not expired. */
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  /** Of a caller with an API key the id of the key, which no session has: notices end the connections of both alike. */
  readonly sessionId: string;
  /** The API key that the request came with, which leaves only some of the user's permissions. */
  readonly apiKeyId?: string | undefined;
  /** When the access token or the API key ends; sockets are then closed with 4403. */
  readonly tokenExpiresAt: Date;
  /**
   * The number of the transaction that last changed any of the viewer's videos, as of this request; unknown for a connection
   * that stays open, for a caller that changes something, and where nothing is read from replicas.
   */
  readonly lastChange?: number | undefined;
}

/** True where the viewer sees and changes objects of all owners (ADMIN, SUPER_ADMIN, and keys of theirs with that permission). */
export function canSeeAllOwners(viewer: Viewer): boolean {
  return viewer.permissions.has('ADMIN_USER_MANAGE');
}

/**
 * The oldest change that a read for this viewer must include. Undefined where only the newest state is allowed, always for
 * a viewer who sees everything: they may know of any user's change.
 */
export function lastChangeFor(viewer: Viewer): number | undefined {
  return canSeeAllOwners(viewer) ? undefined : viewer.lastChange;
}

/** The same viewer for work after this moment: its reads show the newest state. */
export function withoutLastChange(viewer: Viewer): Viewer {
  return { ...viewer, lastChange: undefined };
}
