import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { AppError } from '../errors.ts';

/** The header `typ` of each kind of token; that of access tokens as in RFC 9068. */
export const TOKEN_TYP = { access: 'at+jwt', refresh: 'rt+jwt' } as const;
export type TokenKind = keyof typeof TOKEN_TYP;

const MIN_SECRET_LENGTH = 32;
const KEY_BYTES = 32;
const KEY_ID_BYTES = 6;

/** The keys of one secret. */
export interface TokenKeys {
  /** The header `kid`: it names the secret and reveals nothing of it. */
  readonly id: string;
  /** A key for each kind, so that a token of one kind is never valid as the other, whatever it claims to be. */
  readonly access: KeyObject;
  readonly refresh: KeyObject;
}

/** Throws CONFIG_INVALID where the secret is too short. */
export function tokenKeysOf(secret: string): TokenKeys {
  if (secret.length < MIN_SECRET_LENGTH)
    throw new AppError('CONFIG_INVALID', `JWT_SECRET must have at least ${MIN_SECRET_LENGTH} characters.`);
  return {
    id: derived(secret, 'key id', KEY_ID_BYTES).toString('hex'),
    // A key given as a text would be tried as a public key first, at 60 µs for each token.
    access: createSecretKey(derived(secret, 'access token', KEY_BYTES)),
    refresh: createSecretKey(derived(secret, 'refresh token', KEY_BYTES)),
  };
}

function derived(secret: string, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `autovideo ${purpose}`, bytes));
}
