import { randomUUIDv7 } from 'node:crypto';
import { newApiKey } from '../../../auth/api-keys.ts';
import { Permission, type Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { encodeId } from '../../../ids.ts';
import { entryOf, type SignedInActor } from '../../audit/actor.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import { type UserFault, UserFaultError } from '../../user-fault.ts';
import type { RevocationPublisher } from '../session.service.ts';
import { countLiveKeys, insertKey, keyOf, keysOf, revokeKey } from './api-key-sql.ts';

export const API_KEY_LIMITS = {
  /** Code points. */
  name: 100,
  /** Keys of one user that are neither revoked nor expired. */
  live: 50,
  /** Keys that are listed, revoked and expired ones included. */
  listed: 200,
} as const;

/** A key as its owner sees it: without its secret. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  /** Those that it was given; it has those of them that its owner has. */
  readonly permissions: readonly Permission[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewApiKeyInput {
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Never where null or undefined. */
  readonly expiresAt?: Date | null | undefined;
}

/** Keys with which programs act for a user. */
export class ApiKeyService {
  readonly #db: Database;
  readonly #notices: RevocationPublisher;

  /** `notices` ends the open connections of a revoked key. */
  constructor(db: Database, notices: RevocationPublisher) {
    this.#db = db;
    this.#notices = notices;
  }

  /** The new key, and its secret, which cannot be read again. Throws UserFaultError with every fault at once. */
  async create(actor: SignedInActor, input: NewApiKeyInput): Promise<{ apiKey: ApiKeyView; secret: string }> {
    const { viewer } = actor;
    const { name, permissions, expiresAt } = checkedInput(viewer, input);
    const { key, prefix, hash } = newApiKey();
    const id = randomUUIDv7();
    const apiKey = await this.#db.transaction(async (em): Promise<ApiKeyView> => {
      if ((await countLiveKeys(em, viewer.userId)) >= API_KEY_LIMITS.live) throw tooMany();
      const createdAt = await insertKey(em, { id, userId: viewer.userId, name, prefix, hash, permissions, expiresAt });
      const details = { permissions: permissions.join(' '), expiresAt: expiresAt?.toISOString() ?? null };
      await appendAudit(em, entryOf(actor, { action: 'api_key.create', target: encodeId('key', id), details }));
      return { id, name, prefix, permissions, createdAt, lastUsedAt: null, expiresAt, revokedAt: null };
    });
    return { apiKey, secret: key };
  }

  /** Refused at once everywhere. Throws UserFaultError NOT_FOUND, or INVALID_STATE for a key that was revoked before. */
  async revoke(actor: SignedInActor, id: string): Promise<void> {
    const { userId } = actor.viewer;
    await this.#db.transaction(async (em) => {
      if (!(await revokeKey(em, userId, id))) throw await this.#whyNotRevoked(actor.viewer, id);
      await appendAudit(em, entryOf(actor, { action: 'api_key.revoke', target: encodeId('key', id) }));
    });
    await this.#notices.revoked([id]);
  }

  /** The viewer's keys, newest first, revoked and expired ones included. */
  async list({ userId }: Viewer): Promise<ApiKeyView[]> {
    return (await keysOf(this.#db.sql(), userId, API_KEY_LIMITS.listed)).map(viewOf);
  }

  /** A key of the viewer; null for any other. */
  async find({ userId }: Viewer, id: string): Promise<ApiKeyView | null> {
    const row = await keyOf(this.#db.sql(), userId, id);
    return row ? viewOf(row) : null;
  }

  async #whyNotRevoked(viewer: Viewer, id: string): Promise<UserFaultError> {
    const fault: UserFault = (await this.find(viewer, id))
      ? { code: 'INVALID_STATE', message: 'This key is revoked already.', field: ['id'] }
      : { code: 'NOT_FOUND', message: 'There is no such key.', field: ['id'] };
    return new UserFaultError(fault);
  }
}

function viewOf(row: Omit<ApiKeyView, 'permissions'> & { readonly permissions: readonly string[] }): ApiKeyView {
  return { ...row, permissions: row.permissions.filter(isPermission) };
}

function isPermission(name: string): name is Permission {
  return Object.hasOwn(Permission, name);
}

const CONTROL_CHARACTERS = /\p{Cc}/u;

function checkedInput(viewer: Viewer, { name: given, permissions, expiresAt = null }: NewApiKeyInput) {
  const name = given.trim();
  const faults = [nameFault(name), permissionsFault(viewer, permissions), expiryFault(expiresAt)];
  const found = faults.filter((fault) => fault !== null);
  if (found.length > 0) throw new UserFaultError(...found);
  return { name, permissions: [...new Set(permissions)].toSorted(), expiresAt };
}

function nameFault(name: string): UserFault | null {
  const field = ['input', 'name'];
  if (name === '') return { code: 'REQUIRED', message: 'Give the key a name, by which you know it later.', field };
  if ([...name].length > API_KEY_LIMITS.name)
    return { code: 'TOO_LONG', message: `A name may have at most ${API_KEY_LIMITS.name} characters.`, field };
  return CONTROL_CHARACTERS.test(name)
    ? { code: 'INVALID', message: 'A name is one line of plain text.', field }
    : null;
}

function permissionsFault(viewer: Viewer, permissions: readonly Permission[]): UserFault | null {
  const field = ['input', 'permissions'];
  if (permissions.length === 0) return { code: 'REQUIRED', message: 'Give the key at least one permission.', field };
  const missing = permissions.filter((permission) => !viewer.permissions.has(permission));
  if (missing.length === 0) return null;
  return { code: 'INVALID', message: `A key cannot have more than you have yourself: ${missing.join(', ')}.`, field };
}

function expiryFault(expiresAt: Date | null): UserFault | null {
  if (!expiresAt || expiresAt.getTime() > Date.now()) return null;
  return { code: 'INVALID', message: 'expiresAt must be in the future.', field: ['input', 'expiresAt'] };
}

function tooMany(): UserFaultError {
  return new UserFaultError({
    code: 'INVALID_STATE',
    message: `You have ${API_KEY_LIMITS.live} keys, which is the most: revoke one first.`,
  });
}
