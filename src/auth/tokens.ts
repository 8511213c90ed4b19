import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Role } from '../entities/enums.ts';
import { decodeId, encodeId } from '../ids.ts';
import { sessionEnded } from './auth-error.ts';
import { TOKEN_TYP, type TokenKeys, type TokenKind, tokenKeysOf } from './token-keys.ts';
import { type TokenClaims, VerifiedTokens } from './verified-tokens.ts';

export const ACCESS_SECONDS = 15 * 60;
export const REFRESH_SECONDS = 30 * 24 * 60 * 60;

const ISSUER = 'autovideo';
const AUDIENCE = 'autovideo';

/** The holder of a token can read it, so it contains the ids that clients know from the API, and no e-mail address. */
const decodedId = (type: 'user' | 'session') =>
  z.string().transform((id, check) => {
    const uuid = decodeId(type, id);
    if (uuid === null) check.addIssue(`not the id of a ${type}`);
    return uuid ?? '';
  });
const shared = { sub: decodedId('user'), sid: decodedId('session'), jti: z.uuid(), iat: z.int(), exp: z.int() };
const accessClaims = z.object({ ...shared, type: z.literal('access') });
const refreshClaims = z.object({ ...shared, type: z.literal('refresh') });

export interface AccessSubject {
  readonly userId: string;
  readonly sessionId: string;
  readonly username: string;
  readonly roles: readonly Role[];
}

/** JSON Web Tokens (RFC 7519), signed with HS256 only; `typ`, `kid`, `iss` and `aud` are checked too. */
export class TokenSigner {
  readonly #current: TokenKeys;
  /** By their ids. */
  readonly #keys: ReadonlyMap<unknown, TokenKeys>;
  readonly #verified: VerifiedTokens;
  readonly #now: () => number;

  /** Tokens signed with `previous` secrets stay valid. `now` gives milliseconds since the epoch. */
  constructor(secret: string, now: () => number = Date.now, previous: readonly string[] = []) {
    this.#current = tokenKeysOf(secret);
    this.#keys = new Map([this.#current, ...previous.map(tokenKeysOf)].map((keys) => [keys.id, keys]));
    this.#verified = new VerifiedTokens(now);
    this.#now = now;
  }

  /** Lives ACCESS_SECONDS. User name and roles are for the client; the server reads them from the database. */
  access({ userId, sessionId, username, roles }: AccessSubject): string {
    const claims = { type: 'access', username, roles, sid: encodeId('session', sessionId) };
    return this.#sign('access', claims, {
      subject: encodeId('user', userId),
      jwtid: randomUUID(),
      expiresIn: ACCESS_SECONDS,
    });
  }

  /** Lives REFRESH_SECONDS. */
  refresh({ userId, sessionId, jti }: { userId: string; sessionId: string; jti: string }): string {
    const claims = { type: 'refresh', sid: encodeId('session', sessionId) };
    return this.#sign('refresh', claims, {
      subject: encodeId('user', userId),
      jwtid: jti,
      expiresIn: REFRESH_SECONDS,
    });
  }

  /**
   * Throws UNAUTHENTICATED for anything but a valid access token of this installation. Does not check its session, which may have
   * ended meanwhile.
   */
  verifyAccess(token: string): TokenClaims {
    return this.#verified.get(token) ?? this.#verified.put(token, this.#verify('access', token, accessClaims));
  }

  /** Throws UNAUTHENTICATED for anything but a valid refresh token of this installation. */
  verifyRefresh(token: string): TokenClaims {
    return this.#verify('refresh', token, refreshClaims);
  }

  #sign(
    kind: TokenKind,
    claims: object,
    options: Required<Pick<jwt.SignOptions, 'subject' | 'jwtid' | 'expiresIn'>>,
  ): string {
    return jwt.sign({ ...claims, iat: this.#seconds() }, this.#current[kind], {
      ...options,
      header: { alg: 'HS256', typ: TOKEN_TYP[kind], kid: this.#current.id },
      algorithm: 'HS256',
      issuer: ISSUER,
      audience: AUDIENCE,
    });
  }

  #verify(kind: TokenKind, token: string, schema: typeof accessClaims | typeof refreshClaims): TokenClaims {
    try {
      const { header, payload } = jwt.verify(token, this.#keyOf(kind, token), {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        clockTimestamp: this.#seconds(),
        complete: true,
      });
      if (header.typ !== TOKEN_TYP[kind]) throw new TypeError('The token is of another type.');
      const { sub, sid, jti, exp } = schema.parse(payload);
      return { userId: sub, sessionId: sid, jti, expiresAt: new Date(exp * 1000) };
    } catch (thrown) {
      // The caller gets the same error for every reason.
      throw sessionEnded(thrown);
    }
  }

  /** The key that the token names: it is only a name, and proves nothing. */
  #keyOf(kind: TokenKind, token: string): TokenKeys[TokenKind] {
    const keys = this.#keys.get(jwt.decode(token, { complete: true })?.header.kid);
    if (!keys) throw new TypeError('The token names no key of this installation.');
    return keys[kind];
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }
}
