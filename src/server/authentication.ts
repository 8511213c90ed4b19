import type { Viewer } from '../auth/viewer.ts';
import type { Authenticate } from './ports.ts';

/** Somebody signed in, with the token that proves it. */
export interface SignedIn {
  readonly viewer: Viewer;
  readonly token: string;
}

const USUAL = 'Bearer ';

/**
 * Who an `Authorization` header or a socket's `authorization` speaks for; null for a guest, who has none. Throws what
 * `authenticate` throws: a wrong token is refused, never taken for a guest.
 */
export async function signIn(authorization: string | undefined, authenticate: Authenticate): Promise<SignedIn | null> {
  if (authorization === undefined) return null;
  const token = bearerOf(authorization);
  return { viewer: await authenticate(token), token };
}

/** RFC 6750 §2.1. Anything else is handed on as it is: whoever checks tokens will refuse it. */
export function bearerOf(authorization: string): string {
  // As nearly all write it.
  if (authorization.startsWith(USUAL) && authorization.indexOf(' ', USUAL.length) < 0)
    return authorization.slice(USUAL.length);
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return token ?? authorization;
}
