import { graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AuthError } from '../../src/auth/auth-error.ts';
import type { Viewer } from '../../src/auth/viewer.ts';
import { encodeId } from '../../src/ids.ts';
import { RECORDED_ACTS } from '../../src/resolvers/audit/recorded-acts.ts';
import type { Services } from '../../src/resolvers/services.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { UserFaultError } from '../../src/services/user-fault.ts';
import { API_KEY } from './administration-rows.ts';
import { ME, OTHER_USER, viewerWith } from './fake-rows.ts';
import { contextFor, fakeServices, recorded } from './fake-services.ts';
import { PERMISSION_CASES } from './permission-cases.ts';

const schema = buildAppSchema();
const ADMINISTRATIVE = new Set<string>([
  'ADMIN_USER_MANAGE',
  'ADMIN_SYSTEM_CONFIG',
  'ADMIN_ANALYTICS_VIEW',
  'USER_DELETE',
]);
const PROVIDER_KEYS = ['setProviderKey', 'removeProviderKey'];

/** What was written to the audit log by itself: how, and what. */
async function ask(source: string, viewer: Viewer | null, replaced: Partial<Services> = {}) {
  const { services, audited } = recorded(fakeServices(replaced));
  await graphql({ schema, source, contextValue: contextFor(services, viewer) });
  return audited.map(({ name, args: [actor, act, outcome] }) => ({ name, actor, act, outcome }));
}

const pause = 'mutation { pauseQueue(queue: VIDEO) { userErrors { code } } }';
const user = encodeId('user', OTHER_USER);

describe('The audit log', () => {
  it('gets every mutation that requires a permission of administrators', () => {
    const mutations = Object.entries(PERMISSION_CASES).filter(
      ([field, [one]]) => field.startsWith('Mutation.') && one && ADMINISTRATIVE.has(one.who),
    );
    const names = mutations.map(([field]) => field.replace('Mutation.', ''));
    expect(Object.keys(RECORDED_ACTS).toSorted()).toEqual([...names, ...PROVIDER_KEYS].toSorted());
  });

  it.each(Object.keys(RECORDED_ACTS))(
    'gets an entry when %s is refused; its service writes that it succeeded',
    async (name) => {
      const document = PERMISSION_CASES[`Mutation.${name}`]?.[0]?.document ?? '';
      const { action } = RECORDED_ACTS[name] ?? {};
      const refused = await ask(document, viewerWith('USER'));
      expect(refused).toMatchObject([{ name: 'auditLog.recordRefusal', act: { action }, outcome: 'DENIED' }]);
      expect(await ask(document, viewerWith('SUPER_ADMIN'))).toEqual([]);
    },
  );

  it('gets who, on what, with which values and from where', async () => {
    const source = `mutation { setQuota(userId: "${user}", type: VIDEO, period: DAILY, limit: 5) { userErrors { code } } }`;
    expect(await ask(source, viewerWith('USER'))).toMatchObject([
      {
        actor: { viewer: { userId: ME }, ipAddress: '192.0.2.7' },
        act: { action: 'quota.set', target: user, details: { type: 'VIDEO', period: 'DAILY', limit: 5 } },
      },
    ]);
  });

  it('never gets a key', async () => {
    const source = 'mutation { setProviderKey(provider: "openai", key: "sk-secret") { userErrors { code } } }';
    const wrong = new UserFaultError({ code: 'INVALID', message: 'openai does not accept this key.', field: ['key'] });
    const refusing = { ...fakeServices().providerKeys, set: () => Promise.reject(wrong) };
    const entries = await ask(source, viewerWith('CREATOR'), { providerKeys: refusing });
    expect(entries).toMatchObject([{ act: { action: 'provider_key.set', target: 'openai' }, outcome: 'FAILURE' }]);
    expect(JSON.stringify(entries)).not.toContain('sk-secret');
  });

  it('gets a refusal by rank as DENIED, and what cannot be done as FAILURE', async () => {
    const source = `mutation { deleteUser(userId: "${user}") { ok userErrors { code } } }`;
    const refusing = (error: Error): Partial<Services> => ({
      administration: { ...fakeServices().administration, deleteUser: () => Promise.reject(error) },
    });
    const denied = await ask(source, viewerWith('SUPER_ADMIN'), refusing(new AuthError('FORBIDDEN', 'Too high.')));
    expect(denied).toMatchObject([{ act: { action: 'user.delete', target: user }, outcome: 'DENIED' }]);
    const last = new UserFaultError({ code: 'INVALID_STATE', message: 'The last one.' });
    expect(await ask(source, viewerWith('SUPER_ADMIN'), refusing(last))).toMatchObject([{ outcome: 'FAILURE' }]);
  });

  it('gets nothing of guests, who could fill it', async () => {
    expect(await ask(pause, null)).toEqual([]);
  });
});

describe('A caller with an API key', () => {
  const withKey: Viewer = { ...viewerWith('SUPER_ADMIN'), sessionId: API_KEY, apiKeyId: API_KEY };
  const answer = async (source: string) =>
    await graphql({ schema, source, contextValue: contextFor(fakeServices(), withKey) });

  it.each([
    'mutation { createApiKey(input: { name: "x", permissions: [VIDEO_READ] }) { secret } }',
    `mutation { revokeApiKey(id: "${encodeId('key', API_KEY)}") { ok } }`,
    'mutation { logout { ended } }',
    '{ apiKeys { id } }',
    `{ node(id: "${encodeId('key', API_KEY)}") { id } }`,
    `{ node(id: "${encodeId('session', API_KEY)}") { id } }`,
  ])('may not do what only a person may: %s', async (source) => {
    const { errors } = await answer(source);
    expect(errors?.map(({ originalError }) => originalError)).toMatchObject([
      { code: 'FORBIDDEN', message: 'An API key cannot do this: sign in with a password.' },
    ]);
  });

  it('does what its permissions allow', async () => {
    expect((await answer(pause)).errors).toBeUndefined();
    const scoped: Viewer = { ...withKey, permissions: new Set(['VIDEO_READ']) };
    const { data, errors } = await graphql({
      schema,
      source: '{ viewer { username email } videos { totalCount } queues { name } }',
      contextValue: contextFor(fakeServices(), scoped),
    });
    expect(data).toMatchObject({ viewer: { username: 'me', email: null }, videos: { totalCount: 1 }, queues: null });
    expect(errors).toHaveLength(1);
  });
});
