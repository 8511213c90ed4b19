import { graphql, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { encodeId } from '../../src/ids.ts';
import { buildAppSchema } from '../../src/schema/build-schema.ts';
import { contextFor, fakeServices, ME, recorded, STRANGER, viewerWith } from './fake-services.ts';

const schema = buildAppSchema();

describe('private fields of a user', () => {
  const type = schema.getType('User');
  const fields = Object.values(isObjectType(type) ? type.getFields() : {});
  const secret = fields
    .filter((field) => field.description?.includes('Null unless it is you'))
    .map((field) => field.name);
  const selections: Readonly<Record<string, string>> = {
    roles: '{ role }',
    subscription: '{ plan }',
    videos: '{ totalCount }',
    quotas: '{ limit }',
  };
  const of = (userId: string) =>
    `{ node(id: "${encodeId('user', userId)}") { ... on User { username ${secret.map((name) => `${name} ${selections[name] ?? ''}`).join(' ')} } } }`;

  async function seen(userId: string, viewer: Viewer): Promise<Record<string, unknown>> {
    const { services, calls } = recorded(fakeServices());
    const { data, errors } = await graphql({ schema, source: of(userId), contextValue: contextFor(services, viewer) });
    expect(errors).toBeUndefined();
    const [row] = Object.values(data ?? {});
    expect(row).toMatchObject({ username: 'me' });
    const values: Record<string, unknown> =
      typeof row === 'object' && row !== null ? Object.fromEntries(Object.entries(row)) : {};
    return { ...values, asked: calls.map((call) => call.name) };
  }

  it('are all those from email on, as the contract has them', () => {
    expect(secret.toSorted()).toEqual(
      [
        'email',
        'phone',
        'emailVerified',
        'isActive',
        'roles',
        'permissions',
        'subscription',
        'updatedAt',
        'lastLoginAt',
        'videos',
        'quotas',
      ].toSorted(),
    );
  });

  it.each(['USER', 'CREATOR', 'PREMIUM'] as const)(
    'are null to another %s, and nothing is asked for them',
    async (role) => {
      const values = await seen(STRANGER, viewerWith(role));
      for (const name of secret) expect([name, values[name]]).toEqual([name, null]);
      expect(values['asked']).toEqual(['users.loadByIds']);
    },
  );

  it.each(['ADMIN', 'SUPER_ADMIN'] as const)('are there for an %s', async (role) => {
    const values = await seen(STRANGER, viewerWith(role));
    for (const name of secret) expect([name, values[name] === null]).toEqual([name, false]);
  });

  it('are there for oneself', async () => {
    const values = await seen(ME, viewerWith('USER'));
    for (const name of secret) expect([name, values[name] === null]).toEqual([name, false]);
  });

  it('are no way around VIDEO_READ', async () => {
    const { services, calls } = recorded(fakeServices());
    const contextValue = contextFor(services, viewerWith('GUEST'));
    const { data } = await graphql({ schema, source: '{ viewer { email videos { totalCount } } }', contextValue });
    expect(data).toEqual({ viewer: { email: 'me@example.org', videos: null } });
    expect(calls.map((call) => call.name)).not.toContain('videoList.page');
  });
});
