import type { Permission } from '../../src/auth/viewer.ts';
import type { Role } from '../../src/entities/enums.ts';

/** The table of roles, written independently: a test against the code's own table would prove nothing. */
export const HOLDS: Readonly<Record<Role, readonly Permission[]>> = {
  GUEST: [],
  USER: ['USER_READ', 'VIDEO_READ'],
  CREATOR: [
    'USER_READ',
    'USER_UPDATE',
    'VIDEO_CREATE',
    'VIDEO_READ',
    'VIDEO_UPDATE',
    'VIDEO_DELETE',
    'AI_GENERATE_TEXT',
  ],
  PREMIUM: [
    ...([
      'USER_READ',
      'USER_UPDATE',
      'VIDEO_CREATE',
      'VIDEO_READ',
      'VIDEO_UPDATE',
      'VIDEO_DELETE',
      'AI_GENERATE_TEXT',
    ] as const),
    ...(['AI_GENERATE_IMAGE', 'AI_GENERATE_AUDIO', 'VIDEO_PUBLISH'] as const),
  ],
  ADMIN: [
    ...([
      'USER_READ',
      'USER_UPDATE',
      'VIDEO_CREATE',
      'VIDEO_READ',
      'VIDEO_UPDATE',
      'VIDEO_DELETE',
      'AI_GENERATE_TEXT',
    ] as const),
    ...([
      'AI_GENERATE_IMAGE',
      'AI_GENERATE_AUDIO',
      'VIDEO_PUBLISH',
      'ADMIN_USER_MANAGE',
      'ADMIN_ANALYTICS_VIEW',
    ] as const),
  ],
  SUPER_ADMIN: [
    ...([
      'USER_READ',
      'USER_UPDATE',
      'USER_DELETE',
      'VIDEO_CREATE',
      'VIDEO_READ',
      'VIDEO_UPDATE',
      'VIDEO_DELETE',
      'VIDEO_PUBLISH',
    ] as const),
    ...([
      'AI_GENERATE_TEXT',
      'AI_GENERATE_IMAGE',
      'AI_GENERATE_AUDIO',
      'ADMIN_USER_MANAGE',
      'ADMIN_SYSTEM_CONFIG',
      'ADMIN_ANALYTICS_VIEW',
    ] as const),
  ],
};
