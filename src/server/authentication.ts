import { AuthError } from '../auth/auth-error.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Authenticate } from './ports.ts';

/** A signed-in caller and the token that proves it. */
export interface AuthenticatedCaller {
  readonly viewer: Viewer;
  readonly token: string;
}

const BEARER_PREFIX = 'Bearer ';

/**
 * The caller of an `Authorization` header or of a socket's `authorization`; null for a guest, who sends none. Throws what
 * `authenticate` throws: a wrong token is refused, and never treated as a guest.
 */
export async function signIn(
  authorization: string | undefined,
  authenticate: Authenticate,
): Promise<AuthenticatedCaller | null> {
  if (authorization === undefined) return null;
  const token = bearerOf(authorization);
  return { viewer: await authenticate(token), token };
}

/** The caller of a request whose operation is not known yet. */
export interface Caller {
  /** Null for a guest. */
  readonly signedIn: AuthenticatedCaller | null;
  /** Why the token was rejected; null where it is valid or there is none. Only some operations may still run, see `runsWithRejectedToken`. */
  readonly refusal: AuthError | null;
}

export const GUEST: Caller = { signedIn: null, refusal: null };

/** As `signIn` with the token of a header, but returns the error of a rejected one. Throws where the token cannot be checked now. */
export async function callerOf(token: string, authenticate: Authenticate): Promise<Caller> {
  try {
    return { signedIn: { viewer: await authenticate(token), token }, refusal: null };
  } catch (thrown) {
    if (thrown instanceof AuthError && thrown.code === 'UNAUTHENTICATED') return { signedIn: null, refusal: thrown };
    throw thrown;
  }
}

/** RFC 6750 §2.1. Any other text is returned unchanged, and fails when the token is verified. */
export function bearerOf(authorization: string): string {
  // The usual form, without a regular expression.
  if (authorization.startsWith(BEARER_PREFIX) && authorization.indexOf(' ', BEARER_PREFIX.length) < 0)
    return authorization.slice(BEARER_PREFIX.length);
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return token ?? authorization;
}
