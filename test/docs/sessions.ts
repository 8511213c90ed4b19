import { z } from 'zod';
import { TokenSigner } from '../../src/auth/tokens.ts';

export const tokensSchema = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.number() });

export type Tokens = z.infer<typeof tokensSchema>;

export interface Session {
  authorization(): Promise<string>;
  expire(): void;
}

export function isSession(made: unknown): made is Session {
  return typeof Reflect.get(Object(made), 'authorization') === 'function';
}

/** The access token of the same session, issued so that it expires in this many milliseconds. */
export function ending(secret: string, tokens: Tokens, inMs: number): Tokens {
  const { userId, sessionId } = new TokenSigner(secret).verifyAccess(tokens.accessToken);
  const early = new TokenSigner(secret, () => Date.now() - 900_000 + inMs);
  return { ...tokens, accessToken: early.access({ userId, sessionId, username: 'ann', roles: ['CREATOR'] }) };
}
