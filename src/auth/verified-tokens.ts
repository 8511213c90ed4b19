/** 0.8 KB each: the tokens that were seen last on one process. */
const MAX_TOKENS = 10_000;

export interface TokenClaims {
  /** UUIDs. */
  readonly userId: string;
  readonly sessionId: string;
  readonly jti: string;
  readonly expiresAt: Date;
}

/**
 * Claims of tokens whose signature was found good, until they expire: checking one again costs 20 times as much as looking it
 * up. Whether the session still lives is no part of a token, and is asked of the database each time.
 */
export class VerifiedTokens {
  /** By the token, the oldest first. Whoever can read them here could read the key that signs them, too. */
  readonly #claims = new Map<string, TokenClaims>();
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
    for (const oldest of this.#claims.keys()) {
      if (this.#claims.size < MAX_TOKENS) break;
      this.#claims.delete(oldest);
    }
    this.#claims.set(token, claims);
    return claims;
  }
}
