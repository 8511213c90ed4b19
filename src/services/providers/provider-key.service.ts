import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import { sqlOf } from '../../db/orm.ts';
import type { AppError } from '../../errors.ts';
import { entryOf, type SignedInActor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { deleteKey, type ProviderKeyFacts, readKeys, writeKey } from './provider-key-store.ts';

export interface ProviderKeyServiceParts {
  readonly db: Database;
  readonly cipher: FieldCipher;
  /** The providers that take a key of a user's own. */
  readonly providers: readonly string[];
  /** Calls the provider once with the key, at the expense of the key's account; the error, if there was one. */
  test(userId: string, provider: string, key: string): Promise<AppError | null>;
  /** A stored key could not be decrypted, and is not used. */
  readonly onFault: (thrown: unknown, provider: string) => void;
}

/** A key as it is used. */
export interface UsableKey {
  readonly provider: string;
  readonly key: string;
  readonly setAt: Date;
}

export interface SetKeyResult {
  readonly providerKey: ProviderKeyFacts;
  /** Why it could not be tested. */
  readonly warnings: readonly UserFault[];
}

/** In UTF-16 units; real keys have 20 to 200. */
export const KEY_LENGTH = { least: 16, most: 500 } as const;
/** A header's value: printable ASCII without blanks. */
const KEY = /^[\x21-\x7e]{1,500}$/;

/** Users' own keys for outside services: stored encrypted, and never shown again. What is done to them is in the audit log. */
export class ProviderKeyService {
  readonly #parts: ProviderKeyServiceParts;

  constructor(parts: ProviderKeyServiceParts) {
    this.#parts = parts;
  }

  async list(userId: string): Promise<ProviderKeyFacts[]> {
    const keys = await readKeys(this.#parts.db.sql(), userId);
    return keys.map(({ provider, lastFour, setAt }) => ({ provider, lastFour, setAt }));
  }

  /**
   * Stores the key, in place of an earlier one, unless the service refuses it. Throws NOT_FOUND for a provider that takes none, and
   * TOO_SHORT, TOO_LONG or INVALID for the key.
   */
  async set(actor: SignedInActor, provider: string, given: string): Promise<SetKeyResult> {
    const { userId } = actor.viewer;
    const { db, cipher, test } = this.#parts;
    this.#checkProvider(provider);
    const key = given.trim();
    const problem = problemOf(key);
    if (problem) throw new UserFaultError({ ...problem, field: ['key'] });
    const error = await test(userId, provider, key);
    if (error?.code.endsWith('_INVALID_API_KEY'))
      throw new UserFaultError({ code: 'INVALID', message: `${provider} does not accept this key.`, field: ['key'] });
    const keyEncrypted = cipher.encrypt(key, keyLocation(userId, provider));
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
    const isRemoved = await this.#parts.db.transaction(async (em) => {
      const rows = sqlOf(em);
      // Compared here: PostgreSQL takes no text with a NUL.
      const isSet = (await readKeys(rows, userId)).some((key) => key.provider === provider);
      if (!isSet || !(await deleteKey(rows, userId, provider))) return false;
      await appendAudit(em, entryOf(actor, { action: 'provider_key.remove', target: provider }));
      return true;
    });
    if (isRemoved) return;
    const message = `You have no key of your own for ${provider}.`;
    throw new UserFaultError({ code: 'NOT_FOUND', message, field: ['provider'] });
  }

  /** Decrypted, for calls. */
  async usableKeys(userId: string): Promise<UsableKey[]> {
    const { db, cipher, onFault } = this.#parts;
    return (await readKeys(db.sql(), userId)).flatMap(({ provider, keyEncrypted, setAt }) => {
      try {
        return [{ provider, key: cipher.decrypt(keyEncrypted, keyLocation(userId, provider)), setAt }];
      } catch (thrown) {
        onFault(thrown, provider);
        return [];
      }
    });
  }

  /** False once the key was removed, or replaced. */
  async isCurrent(userId: string, { provider, setAt }: Pick<UsableKey, 'provider' | 'setAt'>): Promise<boolean> {
    const keys = await readKeys(this.#parts.db.sql(), userId);
    return keys.some((key) => key.provider === provider && key.setAt.getTime() === setAt.getTime());
  }

  #checkProvider(provider: string): void {
    const { providers } = this.#parts;
    if (providers.includes(provider)) return;
    const message = `There is no provider of this name that takes a key of your own; there is ${providers.join(', ')}.`;
    throw new UserFaultError({ code: 'NOT_FOUND', message, field: ['provider'] });
  }
}

function problemOf(key: string): Pick<UserFault, 'code' | 'message'> | null {
  if (key.length < KEY_LENGTH.least)
    return { code: 'TOO_SHORT', message: `A key has at least ${KEY_LENGTH.least} characters.` };
  if (key.length > KEY_LENGTH.most)
    return { code: 'TOO_LONG', message: `A key has at most ${KEY_LENGTH.most} characters.` };
  return KEY.test(key)
    ? null
    : { code: 'INVALID', message: 'A key has no blanks, and only letters, digits and signs of ASCII.' };
}

function untested(provider: string, { message }: AppError): UserFault {
  const said = `The key is stored, but ${provider} could not be tested with it: ${message}`;
  return { code: 'PROVIDER_UNAVAILABLE', message: said, field: ['key'] };
}

/** What the encryption binds the key to. */
export function keyLocation(userId: string, provider: string): string {
  return `provider_keys.key:${userId}:${provider}`;
}
