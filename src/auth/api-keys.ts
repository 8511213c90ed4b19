import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const MARK = 'av_';
const PREFIX_BYTES = 6;
const SECRET_BYTES = 32;
/** `av_`, twelve hexadecimal digits, `_`, 32 bytes as base64url. */
const API_KEY = /^(av_[0-9a-f]{12})_[\w-]{43}$/;

/** A new key: it is shown once, its prefix and the hash of the whole are stored. */
export interface NewApiKey {
  readonly key: string;
  readonly prefix: string;
  /** SHA-256, hex. The secret has 256 random bits, which cannot be guessed: it needs no slow hash. */
  readonly hash: string;
}

export function newApiKey(): NewApiKey {
  const prefix = `${MARK}${randomBytes(PREFIX_BYTES).toString('hex')}`;
  const key = `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { key, prefix, hash: hashOf(key) };
}

/** Whether a bearer token is meant to be an API key; access tokens begin otherwise. */
export function looksLikeApiKey(token: string): boolean {
  return token.startsWith(MARK);
}

/** The prefix by which the key is found; null for a text that is no key. */
export function prefixOf(key: string): string | null {
  return API_KEY.exec(key)?.[1] ?? null;
}

/** Compares in the same time, wherever the two differ. */
export function isKeyOf(key: string, storedHash: string): boolean {
  const [given, stored] = [Buffer.from(hashOf(key)), Buffer.from(storedHash)];
  return given.length === stored.length && timingSafeEqual(given, stored);
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
