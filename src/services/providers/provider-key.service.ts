import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import { sqlOf } from '../../db/orm.ts';
import { readerOf } from '../../db/prepared.ts';
import type { AppError } from '../../errors.ts';
import { entryOf, type SignedInActor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { checkedKey, type GivenKey, type KeyForm, keyOfText, keyText } from './key-form.ts';
import { deleteKey, type ProviderKeyFacts, ProviderKeys, writeKey } from './provider-key-store.ts';

export interface ProviderKeyServiceParts {
  readonly db: Database;
  readonly cipher: FieldCipher;
  /** What the providers take. */
  readonly forms: readonly KeyForm[];
  /** Calls the provider once with the key, at the expense of the key's account; the error, if there was one. */
  test(userId: string, key: GivenKey): Promise<AppError | null>;
  /** A stored key could not be decrypted, and is not used. */
  readonly onFault: (thrown: unknown, provider: string) => void;
}

/** A key as it is used. */
export interface UsableKey extends GivenKey {
  readonly setAt: Date;
}

export interface SetKeyResult {
  readonly providerKey: ProviderKeyFacts;
  /** Why it could not be tested. */
  readonly warnings: readonly UserFault[];
}

/** Users' own keys for outside services: stored encrypted, and never shown again. What is done to them is in the audit log. */
export class ProviderKeyService {
  readonly #parts: ProviderKeyServiceParts;
  readonly #keys: ProviderKeys;

  constructor(parts: ProviderKeyServiceParts) {
    this.#parts = parts;
    this.#keys = new ProviderKeys(readerOf(parts.db));
  }

  async list(userId: string): Promise<ProviderKeyFacts[]> {
    const keys = await this.#keys.of(userId);
    return keys.map(({ provider, lastFour, setAt }) => ({ provider, lastFour, setAt }));
  }

  /**
   * Stores the key, in place of an earlier one, unless the service refuses it. Throws NOT_FOUND or UNSUPPORTED for a provider that
   * takes none, and TOO_SHORT, TOO_LONG, REQUIRED or INVALID for what is given.
   */
  async set(actor: SignedInActor, given: GivenKey): Promise<SetKeyResult> {
    const { userId } = actor.viewer;
    const { db, cipher, forms, test } = this.#parts;
    const checked = checkedKey(forms, given);
    const { provider, key } = checked;
    const error = await test(userId, checked);
    if (error?.code.endsWith('_INVALID_API_KEY'))
      throw new UserFaultError({ code: 'INVALID', message: `${provider} does not accept this key.`, field: ['key'] });
    const keyEncrypted = cipher.encrypt(keyText(checked), keyLocation(userId, provider));
    const written = await db.transaction(async (em) => {
      const facts = await writeKey(sqlOf(em), userId, { provider, lastFour: key.slice(-4), keyEncrypted });
      if (facts) await appendAudit(em, entryOf(actor, { action: 'provider_key.set', target: provider }));
      return facts;
    });
    if (!written) throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such user.' });
    return { providerKey: written, warnings: error ? [untested(provider, error)] : [] };
  }

  /** Throws NOT_FOUND where there is none. */
  async remove(actor: SignedInActor, provider: string): Promise<void> {
    const { userId } = actor.viewer;
    // Compared here: PostgreSQL takes no text with a NUL.
    const isSet = (await this.#keys.of(userId)).some((key) => key.provider === provider);
    const isRemoved = await this.#parts.db.transaction(async (em) => {
      if (!isSet || !(await deleteKey(sqlOf(em), userId, provider))) return false;
      await appendAudit(em, entryOf(actor, { action: 'provider_key.remove', target: provider }));
      return true;
    });
    if (isRemoved) return;
    const message = `You have no key of your own for ${provider}.`;
    throw new UserFaultError({ code: 'NOT_FOUND', message, field: ['provider'] });
  }

  /** Decrypted, for calls. */
  async usableKeys(userId: string): Promise<UsableKey[]> {
    const { cipher, onFault } = this.#parts;
    return (await this.#keys.of(userId)).flatMap(({ provider, keyEncrypted, setAt }) => {
      try {
        return [{ provider, ...keyOfText(cipher.decrypt(keyEncrypted, keyLocation(userId, provider))), setAt }];
      } catch (thrown) {
        onFault(thrown, provider);
        return [];
      }
    });
  }

  /** False once the key was removed, or replaced. */
  async isCurrent(userId: string, { provider, setAt }: Pick<UsableKey, 'provider' | 'setAt'>): Promise<boolean> {
    const keys = await this.#keys.of(userId);
    return keys.some((key) => key.provider === provider && key.setAt.getTime() === setAt.getTime());
  }
}

function untested(provider: string, { message }: AppError): UserFault {
  const said = `The key is stored, but ${provider} could not be tested with it: ${message}`;
  return { code: 'PROVIDER_UNAVAILABLE', message: said, field: ['key'] };
}

/** What the encryption binds the key to. */
export function keyLocation(userId: string, provider: string): string {
  return `provider_keys.key:${userId}:${provider}`;
}
