import { hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { normalized } from '../../unicode.ts';
import type { ArchiveEncryption } from './archive-header.ts';

/** What encrypts an archive, or opens it. */
export type ArchiveSecret =
  | { readonly kind: 'none' }
  /** The keys of ENCRYPTION_KEYS: the first encrypts, all open. */
  | { readonly kind: 'key'; readonly keys: readonly { readonly id: string; readonly key: Buffer }[] }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/** 64 MB and about a fifth of a second (OWASP's recommendation for scrypt has half of it). */
const SCRYPT_COST = 65_536;
const SCRYPT_BLOCK = 8;
const SCRYPT_MEMORY = 512 * 1_024 * 1_024;
const SALT_BYTES = 32;
const KEY_BYTES = 32;
const CHECK_BYTES = 16;

/** A key for one archive; undefined where it is not encrypted. */
export interface ArchiveKey {
  readonly encryption: ArchiveEncryption;
  readonly key: Buffer | undefined;
}

/** A new key: each archive has its own, because its chunks are numbered from zero. */
export async function newArchiveKey(secret: ArchiveSecret): Promise<ArchiveKey> {
  if (secret.kind === 'none') return { encryption: { kind: 'none' }, key: undefined };
  const salt = randomBytes(SALT_BYTES);
  if (secret.kind === 'passphrase') {
    const { key, check } = derived(await stretched(secret.passphrase, salt, SCRYPT_COST), salt);
    const facts = { salt: salt.toString('base64'), cost: SCRYPT_COST, check: check.toString('base64') };
    return { encryption: { kind: 'passphrase', ...facts }, key };
  }
  const [current] = secret.keys;
  if (!current) throw new AppError('CONFIG_INVALID', 'ENCRYPTION_KEYS must name at least one key.');
  const { key, check } = derived(current.key, salt);
  const facts = { keyId: current.id, salt: salt.toString('base64'), check: check.toString('base64') };
  return { encryption: { kind: 'key', ...facts }, key };
}

/** The key of an archive. Throws CONFIG_INVALID where the secret is missing, of another kind or another one. */
export async function archiveKeyOf(encryption: ArchiveEncryption, secret: ArchiveSecret): Promise<Buffer | undefined> {
  if (encryption.kind === 'none') return undefined;
  const salt = Buffer.from(encryption.salt, 'base64');
  const { key, check } = derived(await secretBytes(encryption, secret, salt), salt);
  const expected = Buffer.from(encryption.check, 'base64');
  if (expected.length !== check.length || !timingSafeEqual(expected, check)) throw wrongSecret(encryption);
  return key;
}

async function secretBytes(
  encryption: Exclude<ArchiveEncryption, { kind: 'none' }>,
  secret: ArchiveSecret,
  salt: Buffer,
): Promise<Buffer> {
  if (encryption.kind === 'passphrase') {
    if (secret.kind === 'passphrase') return await stretched(secret.passphrase, salt, encryption.cost);
    throw new AppError('CONFIG_INVALID', 'The archive is encrypted with a passphrase: give it with --passphrase-file.');
  }
  const found = secret.kind === 'key' ? secret.keys.find(({ id }) => id === encryption.keyId) : undefined;
  if (found) return found.key;
  throw new AppError(
    'CONFIG_INVALID',
    `The archive is encrypted with the key "${encryption.keyId}", which ENCRYPTION_KEYS does not have: add it at the end.`,
  );
}

function wrongSecret(encryption: Exclude<ArchiveEncryption, { kind: 'none' }>): AppError {
  const sentence =
    encryption.kind === 'passphrase'
      ? 'The passphrase is not that of the archive.'
      : `The key "${encryption.keyId}" of this installation is not the one that encrypted the archive: use the ENCRYPTION_KEYS, or the secrets.json in DATA_DIR, of the installation that it comes from.`;
  return new AppError('CONFIG_INVALID', sentence);
}

/** Derived keys: one key must not serve two purposes. */
function derived(secret: Buffer, salt: Buffer): { readonly key: Buffer; readonly check: Buffer } {
  const bytes = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', secret, salt, purpose, length));
  return { key: bytes('autovideo backup', KEY_BYTES), check: bytes('autovideo backup check', CHECK_BYTES) };
}

async function stretched(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  const options = { N: cost, r: SCRYPT_BLOCK, p: 1, maxmem: SCRYPT_MEMORY };
  return await new Promise((resolve, reject) => {
    scrypt(normalized(passphrase, 'NFC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
