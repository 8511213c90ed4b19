import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeId } from '../ids.ts';
import { ACCESS_SECONDS, REFRESH_SECONDS, TokenSigner } from './tokens.ts';

const SECRET = 'a secret of this test, long enough for HS256';
const BEGUN = Date.UTC(2030, 0, 1);
const userId = '01890000-0000-7000-8000-000000000001';
const sessionId = '01890000-0000-7000-8000-000000000002';
const subject = { userId, sessionId, username: 'ann', roles: ['CREATOR'] as const };

const at = (seconds: number) => new TokenSigner(SECRET, () => BEGUN + seconds * 1000);
const accessToken = at(0).access(subject);
const refreshToken = at(0).refresh({ userId, sessionId, jti: randomUUID() });
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
  const signed = (key: string, options: jwt.SignOptions, changed = {}) =>
    jwt.sign({ ...claims, ...changed }, key, options);

  it('when another secret signed it', () => {
    expectRefused(() => at(1).verifyAccess(signed('another secret, just as long as ours is', { algorithm: 'HS256' })));
  });

  it('when it is not signed at all', () => {
    expectRefused(() => at(1).verifyAccess(signed('', { algorithm: 'none' })));
  });

  it('when it is signed with another algorithm, even with our secret', () => {
    expectRefused(() => at(1).verifyAccess(signed(SECRET, { algorithm: 'HS512' })));
    expect(at(1).verifyAccess(signed(SECRET, { algorithm: 'HS256' }))).toMatchObject({ userId });
  });

  it('when a claim was changed after signing', () => {
    const [header, , signature] = accessToken.split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, roles: ['SUPER_ADMIN'] })).toString('base64url');
    expectRefused(() => at(1).verifyAccess(`${header}.${payload}.${signature}`));
  });

  it('when its audience or its issuer is another', () => {
    expectRefused(() => at(1).verifyAccess(signed(SECRET, {}, { aud: 'elsewhere' })));
    expectRefused(() => at(1).verifyAccess(signed(SECRET, {}, { iss: 'elsewhere' })));
  });

  it('when a claim is missing or is not a valid id', () => {
    expectRefused(() => at(1).verifyAccess(signed(SECRET, {}, { sid: undefined })));
    expectRefused(() => at(1).verifyAccess(signed(SECRET, {}, { sub: encodeId('video', userId) })));
    expectRefused(() => at(1).verifyAccess(signed(SECRET, {}, { jti: 'one' })));
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

it('A secret that is too short prevents the start', () => {
  expect(() => new TokenSigner('x'.repeat(31))).toThrow(/JWT_SECRET/);
  expect(() => new TokenSigner('x'.repeat(32))).not.toThrow();
});

function expectRefused(work: () => unknown): void {
  expect(work).toThrow(expect.objectContaining({ name: 'AuthError', code: 'UNAUTHENTICATED' }));
}
