import { LRUCache } from 'lru-cache';

/** 0.8 KB each: the tokens that this process used most recently. */
const MAX_TOKENS = 10_000;

export interface TokenClaims {
  /** UUIDs. */
  readonly userId: string;
  readonly sessionId: string;
  readonly jti: string;
  readonly expiresAt: Date;
}

/**
 * Claims of tokens whose signature was verified, until they expire: verifying one again costs 20 times as much as looking it
 * up. Whether the session is still valid is no part of a token, and is read from the database each time.
 */
export class VerifiedTokens {
  /** By the token. Code that can read them here could also read the key that signs them. */
  readonly #claims = new LRUCache<string, TokenClaims>({ max: MAX_TOKENS });
  readonly #now: () => number;

  /** `now` gives milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get(token: string): TokenClaims | undefined {
    const claims = this.#claims.get(token);
    return claims && claims.expiresAt.getTime() > this.#now() ? claims : undefined;
  }

  put(token: string, claims: TokenClaims): TokenClaims {
    this.#claims.set(token, claims);
    return claims;
  }
}
