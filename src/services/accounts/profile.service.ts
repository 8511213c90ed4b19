import type { FieldCipher } from '../../auth/secrets.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { phoneLocation } from './account-store.ts';
import { type CheckedProfile, checkedProfile, type ProfileChange } from './profile-fields.ts';
import { writeProfile } from './profile-sql.ts';
import type { UserService } from './user.service.ts';
import type { UserView } from './user-sql.ts';

/** What users show of themselves. */
export class ProfileService {
  readonly #db: Database;
  readonly #users: Pick<UserService, 'loadByIds'>;
  readonly #cipher: FieldCipher;

  constructor(db: Database, users: Pick<UserService, 'loadByIds'>, cipher: FieldCipher) {
    this.#db = db;
    this.#users = users;
    this.#cipher = cipher;
  }

  /** The user after the change. Throws UserFaultError with every fault at once. */
  async update({ userId }: Viewer, change: ProfileChange): Promise<UserView | null> {
    await writeProfile(this.#db.sql(), userId, this.#columnsOf(userId, checkedProfile(change)));
    const [user = null] = await this.#users.loadByIds([userId]);
    return user;
  }

  #columnsOf(userId: string, { fullName, bio, avatarUrl, website, location, phone }: CheckedProfile) {
    const encrypted = phone == null ? phone : this.#cipher.encrypt(phone, phoneLocation(userId));
    return {
      ...(fullName === undefined ? {} : { full_name: fullName }),
      ...(bio === undefined ? {} : { bio }),
      ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
      ...(website === undefined ? {} : { website }),
      ...(location === undefined ? {} : { location }),
      ...(encrypted === undefined ? {} : { phone_encrypted: encrypted }),
    };
  }
}
