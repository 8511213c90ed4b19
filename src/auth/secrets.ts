import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import { normalized } from '../unicode.ts';

export interface EncryptionKey {
  /** Letters, digits, _ and -. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D recommends 96-bit nonces. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts fields that the database must not be able to read. Stored as `<key id>.<base64url of nonce, ciphertext, tag>`.
 * `place` names the column and the row: a value that was copied to another place cannot be decrypted there.
 */
export class FieldCipher {
  readonly #current: EncryptionKey;
  readonly #keys: ReadonlyMap<string, Buffer>;

  /** The first key encrypts, all decrypt. */
  constructor(keys: readonly EncryptionKey[]) {
    const [current] = keys;
    if (!current) throw new AppError('CONFIG_INVALID', 'ENCRYPTION_KEYS must name at least one key.');
    this.#current = current;
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  encrypt(plain: string, fieldLocation: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#current.key, nonce).setAAD(Buffer.from(fieldLocation));
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.#current.id}.${sealed.toString('base64url')}`;
  }

  /** Throws CONFIG_INVALID where the key is missing, INTERNAL_ERROR where the value was changed or moved. */
  decrypt(stored: string, fieldLocation: string): string {
    const [id = '', sealed = ''] = stored.split('.');
    const key = this.#keys.get(id);
    if (!key) throw new AppError('CONFIG_INVALID', `ENCRYPTION_KEYS lacks the key "${id}" that a stored field needs.`);
    try {
      return open(Buffer.from(sealed, 'base64url'), key, fieldLocation);
    } catch (thrown) {
      throw new AppError('INTERNAL_ERROR', 'A stored field cannot be decrypted.', { cause: thrown });
    }
  }

  get currentKeyId(): string {
    return this.#current.id;
  }

  /** True where it was encrypted with another key than the current one. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(`${this.#current.id}.`);
  }

  /** The blind index by which a stored e-mail address is found without being readable: HMAC-SHA-256 with the current key, hex. */
  emailIndex(email: string): string {
    return blindIndex(email, this.#current.key);
  }

  /** The values to search for: the index under each key, so that rows written before a key change are still found. */
  emailIndexes(email: string): readonly string[] {
    return [...this.#keys.values()].map((key) => blindIndex(email, key));
  }
}

function blindIndex(email: string, key: Buffer): string {
  // A derived key: one key must not serve two algorithms.
  const indexKey = Buffer.from(hkdfSync('sha256', key, '', 'autovideo blind index', 32));
  return createHmac('sha256', indexKey).update(normalized(email, 'NFKC').toLowerCase()).digest('hex');
}

function open(sealed: Buffer, key: Buffer, fieldLocation: string): string {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(fieldLocation))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
