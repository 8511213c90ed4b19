import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeId } from '../ids.ts';
import { tokenKeysOf } from './token-keys.ts';
import { ACCESS_SECONDS, REFRESH_SECONDS, TokenSigner } from './tokens.ts';

const SECRET = 'a secret of this test, long enough for HS256';
const BEGUN = Date.UTC(2030, 0, 1);
const userId = '01890000-0000-7000-8000-000000000001';
const sessionId = '01890000-0000-7000-8000-000000000002';
const subject = { userId, sessionId, username: 'ann', roles: ['CREATOR'] as const };

const at = (seconds: number) => new TokenSigner(SECRET, () => BEGUN + seconds * 1000);
const accessToken = at(0).access(subject);
const refreshToken = at(0).refresh({ userId, sessionId, jti: randomUUID() });
const headerOf = (token: string) => jwt.decode(token, { complete: true })?.header;
const claimsOf = (token: string) => z.record(z.string(), z.unknown()).parse(jwt.decode(token));

describe('An access token', () => {
  it('contains the user, the roles, the session and the expiry, and no e-mail address', () => {
    expect(claimsOf(accessToken)).toEqual({
      type: 'access',
      sub: encodeId('user', userId),
      sid: encodeId('session', sessionId),
      username: 'ann',
      roles: ['CREATOR'],
      jti: expect.any(String),
      iat: BEGUN / 1000,
      exp: BEGUN / 1000 + 900,
      iss: 'autovideo',
      aud: 'autovideo',
    });
  });

  it('lives 15 minutes to the second', () => {
    expect(ACCESS_SECONDS).toBe(900);
    expect(at(899).verifyAccess(accessToken)).toMatchObject({
      userId,
      sessionId,
      expiresAt: new Date(BEGUN + 900_000),
    });
    expectRefused(() => at(900).verifyAccess(accessToken));
  });

  it('is not a refresh token, nor the other way round', () => {
    expectRefused(() => at(1).verifyRefresh(accessToken));
    expectRefused(() => at(1).verifyAccess(refreshToken));
  });

  it('is different each time', () => {
    expect(at(0).access(subject)).not.toBe(accessToken);
  });
});

describe('A refresh token', () => {
  it('lives 30 days to the second', () => {
    expect(REFRESH_SECONDS).toBe(2_592_000);
    expect(at(REFRESH_SECONDS - 1).verifyRefresh(refreshToken)).toMatchObject({ userId, sessionId });
    expectRefused(() => at(REFRESH_SECONDS).verifyRefresh(refreshToken));
  });

  it('contains nothing but its ids', () => {
    expect(Object.keys(claimsOf(refreshToken)).sort()).toEqual([
      'aud',
      'exp',
      'iat',
      'iss',
      'jti',
      'sid',
      'sub',
      'type',
    ]);
  });
});

describe('A forged token is refused', () => {
  const claims = claimsOf(accessToken);
  const { access: ourKey, refresh: ourRefreshKey, id: kid } = tokenKeysOf(SECRET);
  const header = { alg: 'HS256', typ: 'at+jwt', kid };
  const signed = (key: jwt.Secret, options: jwt.SignOptions, changed = {}) =>
    jwt.sign({ ...claims, ...changed }, key, { header, ...options });

  it('and the same one that is not forged is accepted', () => {
    expect(at(1).verifyAccess(signed(ourKey, { algorithm: 'HS256' }))).toMatchObject({ userId });
  });

  it('when another secret signed it', () => {
    const { access, id } = tokenKeysOf('another secret, just as long as ours is');
    expectRefused(() => at(1).verifyAccess(signed(access, { algorithm: 'HS256' })));
    expectRefused(() => at(1).verifyAccess(signed(access, { header: { ...header, kid: id } })));
  });

  it('when the secret itself signed it, and not a key made from it', () => {
    expectRefused(() => at(1).verifyAccess(signed(SECRET, { algorithm: 'HS256' })));
  });

  it('when it is not signed at all', () => {
    expectRefused(() => at(1).verifyAccess(signed('', { algorithm: 'none', header: { ...header, alg: 'none' } })));
  });

  it('when it is signed with another algorithm, even with our key', () => {
    expectRefused(() =>
      at(1).verifyAccess(signed(ourKey, { algorithm: 'HS512', header: { ...header, alg: 'HS512' } })),
    );
  });

  it('when it names another key, none, or one of JavaScript’s own names', () => {
    for (const name of ['000000000000', '', '__proto__', 'constructor'])
      expectRefused(() => at(1).verifyAccess(signed(ourKey, { header: { ...header, kid: name } })));
    expectRefused(() => at(1).verifyAccess(signed(ourKey, { header: { alg: 'HS256', typ: 'at+jwt' } })));
  });

  it('when its type is another, even with our key and with the claims of an access token', () => {
    for (const typ of ['JWT', 'rt+jwt'])
      expectRefused(() => at(1).verifyAccess(signed(ourKey, { header: { ...header, typ } })));
    expectRefused(() => at(1).verifyAccess(signed(ourRefreshKey, {})));
    expectRefused(() => at(1).verifyRefresh(signed(ourRefreshKey, { header: { ...header, typ: 'rt+jwt' } })));
  });

  it('when a claim was changed after signing', () => {
    const [first, , signature] = accessToken.split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, roles: ['SUPER_ADMIN'] })).toString('base64url');
    expectRefused(() => at(1).verifyAccess(`${first}.${payload}.${signature}`));
  });

  it('when its audience or its issuer is another', () => {
    expectRefused(() => at(1).verifyAccess(signed(ourKey, {}, { aud: 'elsewhere' })));
    expectRefused(() => at(1).verifyAccess(signed(ourKey, {}, { iss: 'elsewhere' })));
  });

  it('when a claim is missing or is not a valid id', () => {
    expectRefused(() => at(1).verifyAccess(signed(ourKey, {}, { sid: undefined })));
    expectRefused(() => at(1).verifyAccess(signed(ourKey, {}, { sub: encodeId('video', userId) })));
    expectRefused(() => at(1).verifyAccess(signed(ourKey, {}, { jti: 'one' })));
  });

  it('when it is not a token', () => {
    for (const text of ['', 'Bearer', 'a.b.c', accessToken.slice(0, -1), `${accessToken}x`])
      expectRefused(() => at(1).verifyAccess(text));
  });
});

it('A verified token is refused once it has expired, and so is any other text', () => {
  let seconds = 1_000;
  const signer = new TokenSigner(SECRET, () => seconds * 1000);
  const token = signer.access({ userId, sessionId: userId, username: 'me', roles: [] });
  seconds += ACCESS_SECONDS - 1;
  expect(signer.verifyAccess(token)).toEqual(signer.verifyAccess(token));
  expectRefused(() => signer.verifyAccess(`${token.slice(0, -2)}xx`));
  expectRefused(() => signer.verifyRefresh(token));
  seconds += 1;
  expectRefused(() => signer.verifyAccess(token));
});

describe('After the secret has changed', () => {
  const NEW = 'the next secret of this test, as long as it must be';
  const next = new TokenSigner(NEW, () => BEGUN + 1_000, [SECRET]);

  it('tokens of the previous one stay valid while it is known', () => {
    expect(next.verifyAccess(accessToken)).toMatchObject({ userId });
    expect(next.verifyRefresh(refreshToken)).toMatchObject({ userId });
    expectRefused(() => new TokenSigner(NEW, () => BEGUN + 1_000).verifyAccess(accessToken));
  });

  it('new tokens are signed with the new one, and their header says which', () => {
    const made = next.access(subject);
    expect(headerOf(made)).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: tokenKeysOf(NEW).id });
    expect(headerOf(next.refresh({ userId, sessionId, jti: randomUUID() }))).toMatchObject({ typ: 'rt+jwt' });
    expectRefused(() => at(1).verifyAccess(made));
  });
});

it('A secret that is too short prevents the start', () => {
  expect(() => new TokenSigner('x'.repeat(31))).toThrow(/JWT_SECRET/);
  expect(() => new TokenSigner('x'.repeat(32))).not.toThrow();
  expect(() => new TokenSigner('x'.repeat(32), Date.now, ['x'.repeat(31)])).toThrow(/JWT_SECRET/);
});

function expectRefused(work: () => unknown): void {
  expect(work).toThrow(expect.objectContaining({ name: 'AuthError', code: 'UNAUTHENTICATED' }));
}
