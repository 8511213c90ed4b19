import { describe, expect, it } from 'vitest';
import { PERMISSIONS_OF_ROLE, permissionsOf } from './permissions-of-roles.ts';
import { Permission } from './viewer.ts';

const sorted = (permissions: Iterable<Permission>) => [...permissions].sort();

describe('The role table', () => {
  it('is the one that was asked for', () => {
    const user = ['USER_READ', 'VIDEO_READ'];
    const creator = [...user, 'USER_UPDATE', 'VIDEO_CREATE', 'VIDEO_UPDATE', 'VIDEO_DELETE', 'AI_GENERATE_TEXT'];
    const premium = [...creator, 'AI_GENERATE_IMAGE', 'AI_GENERATE_AUDIO', 'VIDEO_PUBLISH'];
    const admin = [...premium, 'ADMIN_USER_MANAGE', 'ADMIN_ANALYTICS_VIEW'];
    expect(sorted(PERMISSIONS_OF_ROLE.GUEST)).toEqual([]);
    expect(sorted(PERMISSIONS_OF_ROLE.USER)).toEqual(user.sort());
    expect(sorted(PERMISSIONS_OF_ROLE.CREATOR)).toEqual(creator.sort());
    expect(sorted(PERMISSIONS_OF_ROLE.PREMIUM)).toEqual(premium.sort());
    expect(sorted(PERMISSIONS_OF_ROLE.ADMIN)).toEqual(admin.sort());
    expect(sorted(PERMISSIONS_OF_ROLE.SUPER_ADMIN)).toEqual(Object.keys(Permission).sort());
  });

  it('leaves deleting users and configuring the system to a SUPER_ADMIN', () => {
    expect(permissionsOf(['ADMIN'])).not.toContain('USER_DELETE');
    expect(permissionsOf(['ADMIN'])).not.toContain('ADMIN_SYSTEM_CONFIG');
  });

  it('adds up the roles that somebody has', () => {
    expect(sorted(permissionsOf(['USER', 'PREMIUM']))).toEqual(sorted(PERMISSIONS_OF_ROLE.PREMIUM));
    expect(permissionsOf([]).size).toBe(0);
  });
});
