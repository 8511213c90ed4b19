import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import { type Reader, readerOf } from '../../db/prepared.ts';
import { User } from '../../entities/user.ts';
import { AppError } from '../../errors.ts';
import { emailLocation, findUserId, phoneLocation } from './account-store.ts';
import { ROLES, type RoleView, SUBSCRIPTIONS, type SubscriptionView, USERS, type UserView } from './user-sql.ts';

/** Reads users. Lists are in the order of the given ids. */
export class UserService {
  readonly #db: Database;
  readonly #reader: Reader;
  readonly #cipher: FieldCipher;

  constructor(db: Database, cipher: FieldCipher, reader: Reader = readerOf(db)) {
    this.#db = db;
    this.#reader = reader;
    this.#cipher = cipher;
  }

  async loadByIds(ids: readonly string[]): Promise<(UserView | null)[]> {
    const users = await this.#reader.rows<UserView>(USERS, [ids]);
    const byId = new Map(users.map((user) => [user.id, user]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** By user name, in any letter case, or by e-mail address. */
  async findByIdentifier(identifier: string): Promise<User | null> {
    const id = await findUserId(this.#db.sql(), identifier, this.#cipher);
    return id === null ? null : await this.#db.em().findOne(User, { id });
  }

  /** Grants in force, oldest first. */
  async rolesOf(userIds: readonly string[]): Promise<RoleView[][]> {
    const grants = await this.#reader.rows<RoleView>(ROLES, [userIds]);
    const byUser = Map.groupBy(grants, (grant) => grant.userId);
    return userIds.map((id) => byUser.get(id) ?? []);
  }

  async subscriptionsOf(userIds: readonly string[]): Promise<(SubscriptionView | null)[]> {
    const plans = await this.#reader.rows<SubscriptionView>(SUBSCRIPTIONS, [userIds]);
    const byUser = new Map(plans.map((plan) => [plan.userId, plan]));
    return userIds.map((id) => byUser.get(id) ?? null);
  }

  /** Fields that only the user and user managers may see. */
  privateFacts({ id, emailEncrypted, phoneEncrypted }: UserView): { email: string; phone: string | null } {
    if (emailEncrypted === undefined) throw new AppError('INTERNAL_ERROR', 'A user was read by name only.');
    return {
      email: this.#cipher.decrypt(emailEncrypted, emailLocation(id)),
      phone: phoneEncrypted == null ? null : this.#cipher.decrypt(phoneEncrypted, phoneLocation(id)),
    };
  }
}
