import { graphql, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { encodeId } from '../../src/ids.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { ME, OTHER_USER, viewerWith } from './fake-rows.ts';
import { contextFor, fakeServices, recorded } from './fake-services.ts';

const schema = buildAppSchema();

describe('private fields of a user', () => {
  const type = schema.getType('User');
  const fields = Object.values(isObjectType(type) ? type.getFields() : {});
  const secret = fields
    .filter((field) => field.description?.includes('Null unless the caller is this user'))
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

  it('are all those from email on, as the API promises', () => {
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
    'are null to another %s, and no service is called for them',
    async (role) => {
      const values = await seen(OTHER_USER, viewerWith(role));
      for (const name of secret) expect([name, values[name]]).toEqual([name, null]);
      expect(values['asked']).toEqual(['users.loadByIds']);
    },
  );

  it.each(['ADMIN', 'SUPER_ADMIN'] as const)('are visible to an %s', async (role) => {
    const values = await seen(OTHER_USER, viewerWith(role));
    for (const name of secret) expect([name, values[name] === null]).toEqual([name, false]);
  });

  it('are visible to the user', async () => {
    const values = await seen(ME, viewerWith('USER'));
    for (const name of secret) expect([name, values[name] === null]).toEqual([name, false]);
  });

  it('do not bypass VIDEO_READ', async () => {
    const { services, calls } = recorded(fakeServices());
    const contextValue = contextFor(services, viewerWith('GUEST'));
    const { data } = await graphql({ schema, source: '{ viewer { email videos { totalCount } } }', contextValue });
    expect(data).toEqual({ viewer: { email: 'me@example.org', videos: null } });
    expect(calls.map((call) => call.name)).not.toContain('videoList.page');
  });

  const signIns = {
    register: 'register(input: { username: "me", email: "me@example.org", password: "a quiet blue harbour" })',
    login: 'login(input: { identifier: "me", password: "a quiet blue harbour" })',
    refreshTokens: 'refreshTokens(refreshToken: "refresh")',
  };
  const all = `username ${secret.map((name) => `${name} ${selections[name] ?? ''}`).join(' ')}`;

  it.each(Object.entries(signIns))(
    'are visible to the user who has just signed in, in the answer of %s',
    async (_name, call) => {
      const source = `mutation { payload: ${call} { user { ${all} } } }`;
      for (const viewer of [null, { ...viewerWith('USER'), userId: OTHER_USER }]) {
        const { data, errors } = await graphql({ schema, source, contextValue: contextFor(fakeServices(), viewer) });
        expect(errors).toBeUndefined();
        const user = JSON.parse(JSON.stringify(data)).payload.user;
        for (const name of secret) expect([name, user[name] === null]).toEqual([name, false]);
        expect(user.permissions).toContain('VIDEO_CREATE');
      }
    },
  );

  it.each(Object.entries(signIns))('of others stay null in the answer of %s', async (_name, call) => {
    const source = `mutation { payload: ${call} { user { roles { grantedBy { ${all} } } } } }`;
    const { data, errors } = await graphql({ schema, source, contextValue: contextFor(fakeServices(), null) });
    expect(errors).toBeUndefined();
    const other = JSON.parse(JSON.stringify(data)).payload.user.roles[0].grantedBy;
    expect(other.username).toBe('me');
    for (const name of secret) expect([name, other[name]]).toEqual([name, null]);
  });

  it('of the user who signed in are null in the next operation without the new token', async () => {
    const { services } = recorded(fakeServices());
    const create = (source: string) => graphql({ schema, source, contextValue: contextFor(services, null) });
    await create(`mutation { ${signIns.login} { user { email } } }`);
    const { data } = await create('{ viewer { email } }');
    expect(data).toEqual({ viewer: null });
  });

  it('do not let a guest act as the user who has just signed in', async () => {
    const source = `mutation { ${signIns.login} { user { id } } createVideo(input: { script: "Bees." }) { video { id } } }`;
    const { services, calls } = recorded(fakeServices());
    const { errors } = await graphql({ schema, source, contextValue: contextFor(services, null) });
    expect(errors?.map(({ path }) => path)).toEqual([['createVideo']]);
    expect(calls.map((call) => call.name)).toEqual(['accounts.login']);
  });
});
