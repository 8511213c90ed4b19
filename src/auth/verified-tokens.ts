import { hash } from 'node:crypto';
import type { TokenClaims } from './tokens.ts';

/** 0.4 KB each: the tokens that were seen last on one process. */
const KEPT = 10_000;

/**
 * Claims of tokens whose signature was found good, until they expire: checking one again costs 20 times as much as looking it
 * up. Whether the session still lives is no part of a token, and is asked of the database each time.
 */
export class VerifiedTokens {
  /** By SHA-256, so that no token lies about in memory; the oldest first. */
  readonly #claims = new Map<string, TokenClaims>();
  readonly #now: () => number;

  /** `now` gives milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get(token: string): TokenClaims | undefined {
    const claims = this.#claims.get(hash('sha256', token, 'base64'));
    return claims && claims.expiresAt.getTime() > this.#now() ? claims : undefined;
  }

  put(token: string, claims: TokenClaims): TokenClaims {
    for (const oldest of this.#claims.keys()) {
      if (this.#claims.size < KEPT) break;
      this.#claims.delete(oldest);
    }
    this.#claims.set(hash('sha256', token, 'base64'), claims);
    return claims;
  }
}
