import { AuthError } from '../auth/auth-error.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Authenticate } from './ports.ts';

/** Somebody signed in, with the token that proves it. */
export interface AuthenticatedCaller {
  readonly viewer: Viewer;
  readonly token: string;
}

const BEARER_PREFIX = 'Bearer ';

/**
 * Who an `Authorization` header or a socket's `authorization` speaks for; null for a guest, who has none. Throws what
 * `authenticate` throws: a wrong token is refused, never taken for a guest.
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
  /** Why the token was refused; null where it is good or there is none. Only some operations may run all the same, see `runsWithRejectedToken`. */
  readonly refusal: AuthError | null;
}

export const GUEST: Caller = { signedIn: null, refusal: null };

/** As `signIn`, but a refused token is returned and not thrown. Throws where the token cannot be checked now. */
export async function callerOf(authorization: string | undefined, authenticate: Authenticate): Promise<Caller> {
  try {
    return { signedIn: await signIn(authorization, authenticate), refusal: null };
  } catch (thrown) {
    if (thrown instanceof AuthError && thrown.code === 'UNAUTHENTICATED') return { signedIn: null, refusal: thrown };
    throw thrown;
  }
}

/** RFC 6750 §2.1. Anything else is handed on as it is: whoever checks tokens will refuse it. */
export function bearerOf(authorization: string): string {
  // As nearly all write it.
  if (authorization.startsWith(BEARER_PREFIX) && authorization.indexOf(' ', BEARER_PREFIX.length) < 0)
    return authorization.slice(BEARER_PREFIX.length);
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return token ?? authorization;
}
