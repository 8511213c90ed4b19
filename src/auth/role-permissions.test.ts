import { describe, expect, it } from 'vitest';
import { permissionsOf, ROLE_PERMISSIONS } from './role-permissions.ts';
import { Permission } from './viewer.ts';

const sorted = (permissions: Iterable<Permission>) => [...permissions].sort();

describe('The role table', () => {
  it('is the specified one', () => {
    const user = ['USER_READ', 'VIDEO_READ'];
    const creator = [...user, 'USER_UPDATE', 'VIDEO_CREATE', 'VIDEO_UPDATE', 'VIDEO_DELETE', 'AI_GENERATE_TEXT'];
    const premium = [...creator, 'AI_GENERATE_IMAGE', 'AI_GENERATE_AUDIO', 'VIDEO_PUBLISH'];
    const admin = [...premium, 'ADMIN_USER_MANAGE', 'ADMIN_ANALYTICS_VIEW'];
    expect(sorted(ROLE_PERMISSIONS.GUEST)).toEqual([]);
    expect(sorted(ROLE_PERMISSIONS.USER)).toEqual(user.sort());
    expect(sorted(ROLE_PERMISSIONS.CREATOR)).toEqual(creator.sort());
    expect(sorted(ROLE_PERMISSIONS.PREMIUM)).toEqual(premium.sort());
    expect(sorted(ROLE_PERMISSIONS.ADMIN)).toEqual(admin.sort());
    expect(sorted(ROLE_PERMISSIONS.SUPER_ADMIN)).toEqual(Object.keys(Permission).sort());
  });

  it('allows only a SUPER_ADMIN to delete users and configure the system', () => {
    expect(permissionsOf(['ADMIN'])).not.toContain('USER_DELETE');
    expect(permissionsOf(['ADMIN'])).not.toContain('ADMIN_SYSTEM_CONFIG');
  });

  it('unites the permissions of all roles of a user', () => {
    expect(sorted(permissionsOf(['USER', 'PREMIUM']))).toEqual(sorted(ROLE_PERMISSIONS.PREMIUM));
    expect(permissionsOf([]).size).toBe(0);
  });
});
