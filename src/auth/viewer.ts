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

/** Who is asking: a signed-in user as of this request. A guest is `null`. */
export interface Viewer {
  readonly userId: string;
  readonly username: string;
  /** Grants that have not expired. */
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  readonly sessionId: string;
  /** When the access token ends; sockets close with 4403 then. */
  readonly tokenExpiresAt: Date;
}

/** True where the viewer sees and changes objects of all owners (ADMIN, SUPER_ADMIN). */
export function seesEverything(viewer: Viewer): boolean {
  return viewer.roles.includes('ADMIN') || viewer.roles.includes('SUPER_ADMIN');
}
