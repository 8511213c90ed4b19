import { createHmac, type KeyObject, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tokenKeysOf } from '../../src/auth/token-keys.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import { httpTransport, streamTransport } from '../helpers/transports.ts';
import { SocketClient } from '../server/socket-client.ts';

const app = useApp({ worker: false });
const QUERY = { query: '{ quotas { used } }', variables: {} };

/** The codes with which each of the three ways answers a token: HTTP, event stream, and the close code of a socket. */
async function answersTo(token: string): Promise<unknown[]> {
  const codes = [];
  for (const { send } of [httpTransport(app.url, token), streamTransport(app.url, token)])
    codes.push((await send(QUERY)).errors?.[0]?.extensions.code ?? 'OK');
  const client = await SocketClient.open(`${app.url.replace('http', 'ws')}/graphql`);
  client.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  const opened = await Promise.race([client.gets('connection_ack').then(() => 'OK'), client.closeCode()]);
  if (opened === 'OK') await client.leave();
  return [...codes, opened];
}

const REFUSED = ['UNAUTHENTICATED', 'UNAUTHENTICATED', 4401];
const ACCEPTED = ['OK', 'OK', 'OK'];

async function ask(client: Client, query: string): Promise<Record<string, unknown>> {
  const { data, errors } = await httpTransport(app.url, client.token).send({ query, variables: {} });
  expect(errors).toBeUndefined();
  return data ?? {};
}

const pair = z.object({ accessToken: z.string(), refreshToken: z.string() });
const login = z.object({ login: z.object({ tokens: pair }) });
const refreshed = z.object({ refreshTokens: z.object({ tokens: pair.nullable() }).nullable() });
const createdKey = z.object({ createApiKey: z.object({ secret: z.string(), apiKey: z.object({ id: z.string() }) }) });

async function tokensOf(username: string) {
  await app.signedIn(username);
  const query = `mutation { login(input: { identifier: "${username}", password: "${PASSWORD}" }) { tokens { accessToken refreshToken } } }`;
  return login.parse((await httpTransport(app.url, null).send({ query, variables: {} })).data).login.tokens;
}

async function refresh(token: string): Promise<z.infer<typeof pair> | null> {
  const query = `mutation { refreshTokens(refreshToken: "${token}") { tokens { accessToken refreshToken } } }`;
  const { data } = await httpTransport(app.url, null).send({ query, variables: {} });
  return refreshed.parse(data).refreshTokens?.tokens ?? null;
}

/** The parts of a token, decoded. */
function partsOf(token: string): {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  signed: string[];
} {
  const signed = token.split('.');
  const [header, claims] = signed.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return { header, claims, signed };
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A claim that is undefined is left out. */
const CHANGED_CLAIMS: readonly object[] = [
  { exp: Math.floor(Date.now() / 1_000) - 1 },
  { exp: undefined },
  { iss: 'another' },
  { iss: undefined },
  { aud: 'another' },
  { aud: undefined },
  { sid: undefined },
  { sid: '' },
  { sub: undefined },
  { sub: 'user_0' },
  { type: undefined },
  { type: 'other' },
  { jti: undefined },
];
const CHANGED_HEADERS: readonly object[] = [
  { kid: undefined },
  { kid: '' },
  { kid: tokenKeysOf('the secret of another installation, long enough').id },
  { kid: '__proto__' },
  { typ: undefined },
  { typ: 'JWT' },
];

/** A token with these parts and a valid signature. */
function signedWith(key: KeyObject, header: object, claims: object): string {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

describe('A token', () => {
  it('of a signed-in user is accepted on every way', async () => {
    expect(await answersTo((await tokensOf('ann')).accessToken)).toEqual(ACCEPTED);
  });

  it('that was made by others is refused on every way', async () => {
    const { accessToken, refreshToken } = await tokensOf('ben');
    const { header, claims, signed } = partsOf(accessToken);
    const [head = '', body = '', signature = ''] = signed;
    const other = 'another secret that is long enough for HS256';
    const mac = (text: string) => createHmac('sha256', other).update(text).digest('base64url');
    const inTime = { ...claims, exp: Math.floor(Date.now() / 1_000) + 3_600 };
    const forged = {
      'without a signature': `${encoded({ ...header, alg: 'none' })}.${body}.`,
      'with alg None and the old signature': `${encoded({ ...header, alg: 'None' })}.${body}.${signature}`,
      'signed with another key': jwt.sign(inTime, other, { header: { ...header, alg: 'HS256' } }),
      'signed with another key of the same name': `${head}.${body}.${mac(`${head}.${body}`)}`,
      'with another algorithm': jwt.sign(inTime, other, { algorithm: 'HS512' }),
      'with a key of its own': `${encoded({ ...header, jwk: { kty: 'oct', k: 'AAAA' } })}.${body}.${signature}`,
      'with a path as the name of the key': `${encoded({ ...header, kid: '../../dev/null' })}.${body}.${signature}`,
      'with other roles': `${head}.${encoded({ ...claims, roles: ['SUPER_ADMIN'] })}.${signature}`,
      'of another user': `${head}.${encoded({ ...claims, sub: 'user_0' })}.${signature}`,
      'with another last character': `${accessToken.slice(0, -3)}${accessToken.endsWith('AAA') ? 'BBB' : 'AAA'}`,
      'of two parts': `${head}.${body}`,
      empty: '.',
      'a refresh token': refreshToken,
    };
    for (const [kind, token] of Object.entries(forged)) expect([kind, await answersTo(token)]).toEqual([kind, REFUSED]);
    expect(await answersTo(accessToken)).toEqual(ACCEPTED);
  });

  it('that this installation signed is refused where it has expired or a claim is missing or another', async () => {
    const { accessToken, refreshToken } = await tokensOf('cora');
    const keys = tokenKeysOf(app.installation.settings['JWT_SECRET'] ?? '');
    for (const [token, key] of [
      [accessToken, keys.access],
      [refreshToken, keys.refresh],
    ] as const) {
      const { header, claims } = partsOf(token);
      const isAccepted = async (changedHeader: object, changedClaims: object) => {
        const signed = signedWith(key, { ...header, ...changedHeader }, { ...claims, ...changedClaims });
        return key === keys.access ? await answersTo(signed) : [await refresh(signed)];
      };
      const refused = key === keys.access ? REFUSED : [null];
      for (const changed of CHANGED_CLAIMS)
        expect([changed, await isAccepted({}, changed)]).toEqual([changed, refused]);
      for (const changed of CHANGED_HEADERS)
        expect([changed, await isAccepted(changed, {})]).toEqual([changed, refused]);
      // Only the changes made the difference.
      expect(await isAccepted({}, {})).toEqual(key === keys.access ? ACCEPTED : [expect.anything()]);
    }
  });

  it('signed with the key of the other kind is refused', async () => {
    const { accessToken, refreshToken } = await tokensOf('dana');
    const keys = tokenKeysOf(app.installation.settings['JWT_SECRET'] ?? '');
    const access = partsOf(accessToken);
    expect(await answersTo(signedWith(keys.refresh, access.header, access.claims))).toEqual(REFUSED);
    const { header, claims } = partsOf(refreshToken);
    expect(await refresh(signedWith(keys.access, header, claims))).toBeNull();
  });

  it('of ten kilobytes is refused as any other', async () => {
    const { accessToken } = await tokensOf('egon');
    const { header, claims, signed } = partsOf(accessToken);
    const long = 'A'.repeat(10_240);
    const tokens = [
      long,
      accessToken + long,
      `${signed[0]}.${encoded({ ...claims, padding: long.slice(0, 7_000) })}.${signed[2]}`,
      `${encoded({ ...header, kid: long.slice(0, 7_000) })}.${signed[1]}.${signed[2]}`,
      `av_${'0'.repeat(12)}_${long}`,
      '.'.repeat(10_240),
    ];
    for (const token of tokens) {
      expect(await answersTo(token)).toEqual(REFUSED);
      expect(await refresh(token)).toBeNull();
    }
  });

  it('for access refreshes nothing', async () => {
    expect(await refresh((await tokensOf('carl')).accessToken)).toBeNull();
  });

  it.each([
    ['was made inactive', 'update users set is_active = false where username ='],
    ['was deleted', 'delete from users where username ='],
  ])('of a user who %s is refused', async (what, statement) => {
    const username = what.replaceAll(' ', '-');
    const { accessToken, refreshToken } = await tokensOf(username);
    await app.installation.db.em().execute(`${statement} '${username}'`);
    expect(await answersTo(accessToken)).toEqual(REFUSED);
    expect(await refresh(refreshToken)).toBeNull();
  });
});

describe('A refresh token', () => {
  it('that is used again after its successor was used ends the whole family', async () => {
    const first = await tokensOf('dora');
    const second = await refresh(first.refreshToken);
    const third = await refresh(second?.refreshToken ?? '');
    expect(await answersTo(third?.accessToken ?? '')).toEqual(ACCEPTED);
    expect(await refresh(first.refreshToken)).toBeNull();
    expect(await answersTo(third?.accessToken ?? '')).toEqual(REFUSED);
    expect(await refresh(third?.refreshToken ?? '')).toBeNull();
  });

  it('that a thief and its owner use at once gives both the same successor, and a later use ends the family', async () => {
    const { refreshToken } = await tokensOf('emil');
    const [owner, thief] = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(owner?.refreshToken).toBeDefined();
    expect(jwt.decode(owner?.refreshToken ?? '')).toMatchObject({
      jti: partsOf(thief?.refreshToken ?? '').claims['jti'],
    });
    const next = await refresh(owner?.refreshToken ?? '');
    await app.installation.db.em().execute("update sessions set rotated_at = now() - interval '1 minute'");
    expect(await refresh(thief?.refreshToken ?? '')).toBeNull();
    expect(await answersTo(next?.accessToken ?? '')).toEqual(REFUSED);
  });
});

describe('An API key', () => {
  const newKey = async (client: Client, permissions: string) =>
    createdKey.parse(
      await ask(
        client,
        `mutation { createApiKey(input: { name: "${randomUUID()}", permissions: [${permissions}] }) { secret apiKey { id } } }`,
      ),
    ).createApiKey;

  it('is accepted on every way, until it is revoked, and its open socket is closed at once', async () => {
    const client = await app.signedIn('fred');
    const { secret, apiKey } = await newKey(client, 'USER_READ');
    expect(await answersTo(secret)).toEqual(ACCEPTED);
    const socket = await SocketClient.connect(`${app.url.replace('http', 'ws')}/graphql`, {
      authorization: `Bearer ${secret}`,
    });
    const at = Date.now();
    expect(await ask(client, `mutation { revokeApiKey(id: "${apiKey.id}") { ok } }`)).toEqual({
      revokeApiKey: { ok: true },
    });
    expect(await socket.closeCode()).toBe(4403);
    expect((socket.closed?.at ?? 0) - at).toBeLessThan(1_000);
    expect(await answersTo(secret)).toEqual(REFUSED);
  });

  it.each([
    ['has expired', 'update api_keys set expires_at = now()'],
    ['belongs to an inactive user', "update users set is_active = false where username like 'key-%'"],
  ])('that %s is refused on every way', async (what, statement) => {
    const { secret } = await newKey(await app.signedIn(`key-${what.replaceAll(' ', '-')}`), 'VIDEO_READ');
    await app.installation.db.em().execute(statement);
    expect(await answersTo(secret)).toEqual(REFUSED);
  });

  it('with a changed letter is refused, and says no more than any other token', async () => {
    const { secret } = await newKey(await app.signedIn('gina'), 'VIDEO_READ');
    const changed = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    const unknown = `av_${'0'.repeat(12)}_${'A'.repeat(43)}`;
    for (const token of [changed, unknown]) {
      expect(await answersTo(token)).toEqual(REFUSED);
      const { errors } = await httpTransport(app.url, token).send(QUERY);
      expect(errors?.[0]?.message).toBe('This token is not valid or has ended: sign in again.');
    }
  });

  it('of an administrator does not what it was not given', async () => {
    const admin = await app.signedIn('hugo', 'ADMIN');
    const { secret } = await newKey(admin, 'VIDEO_READ');
    const { send } = httpTransport(app.url, secret);
    for (const query of ['{ users { totalCount } }', '{ auditLog { totalCount } }', '{ queues { name } }'])
      expect((await send({ query, variables: {} })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
