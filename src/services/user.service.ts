import { raw } from '@mikro-orm/core';
import type { FieldCipher } from '../auth/secrets.ts';
import type { Database } from '../db/database.ts';
import { User } from '../entities/user.ts';
import { UserRole } from '../entities/user-role.ts';
import { UserSubscription } from '../entities/user-subscription.ts';
import { emailPlace, idBehind, phonePlace } from './account-rows.ts';

/** Reading people. Lists come back in the order of the ids asked for. */
export class UserService {
  readonly #db: Database;
  readonly #cipher: FieldCipher;

  constructor(db: Database, cipher: FieldCipher) {
    this.#db = db;
    this.#cipher = cipher;
  }

  async loadByIds(ids: readonly string[]): Promise<(User | null)[]> {
    const users = await this.#db.em().find(User, { id: { $in: [...ids] } }, { disableIdentityMap: true });
    const byId = new Map(users.map((user) => [user.id, user]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** By user name, whatever its case, or by e-mail address. */
  async findByIdentifier(identifier: string): Promise<User | null> {
    const id = await idBehind(this.#db.sql(), identifier, this.#cipher);
    return id === null ? null : await this.#db.em().findOne(User, { id });
  }

  /** Grants in force, oldest first. */
  async rolesOf(userIds: readonly string[]): Promise<UserRole[][]> {
    const grants = await this.#db
      .em()
      .find(
        UserRole,
        { userId: { $in: [...userIds] }, $or: [{ expiresAt: null }, { expiresAt: { $gt: raw('now()') } }] },
        { orderBy: { grantedAt: 'asc' }, disableIdentityMap: true },
      );
    const byUser = Map.groupBy(grants, (grant) => grant.userId);
    return userIds.map((id) => byUser.get(id) ?? []);
  }

  async subscriptionsOf(userIds: readonly string[]): Promise<(UserSubscription | null)[]> {
    const plans = await this.#db
      .em()
      .find(UserSubscription, { userId: { $in: [...userIds] } }, { disableIdentityMap: true });
    const byUser = new Map(plans.map((plan) => [plan.userId, plan]));
    return userIds.map((id) => byUser.get(id) ?? null);
  }

  /** What only the user and those who manage users may see. */
  privateFacts(user: User): { email: string; phone: string | null } {
    const { id, emailEncrypted, phoneEncrypted } = user;
    return {
      email: this.#cipher.decrypt(emailEncrypted, emailPlace(id)),
      phone: phoneEncrypted == null ? null : this.#cipher.decrypt(phoneEncrypted, phonePlace(id)),
    };
  }
}
