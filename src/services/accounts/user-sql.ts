import type { Statement } from '../../db/prepared.ts';
import type { User } from '../../entities/user.ts';
import type { UserRole } from '../../entities/user-role.ts';
import type { UserSubscription } from '../../entities/user-subscription.ts';

type Known = 'id' | 'username';

/** A user with the columns that were read: at least the name. */
export type UserView = Pick<User, Known> & Partial<Omit<User, Known>>;

export const USER_COLUMNS = `id, username, email_encrypted as "emailEncrypted", email_verified as "emailVerified",
      phone_encrypted as "phoneEncrypted", full_name as "fullName", bio, avatar_url as "avatarUrl", website, location,
      is_active as "isActive", last_login_at as "lastLoginAt", created_at as "createdAt", updated_at as "updatedAt"`;

/** One statement for each kind of data that is read of users, for all of them at once; $1 are their ids. */
export const USERS: Statement = {
  name: 'users',
  text: `select ${USER_COLUMNS}
    from users where id = any($1::uuid[])`,
};

export const ROLES: Statement = {
  name: 'roles',
  text: `select user_id as "userId", role, granted_at as "grantedAt", granted_by as "grantedBy", expires_at as "expiresAt"
    from user_roles where user_id = any($1::uuid[]) and (expires_at is null or expires_at > now())
    order by granted_at, role`,
};

export const SUBSCRIPTIONS: Statement = {
  name: 'subscriptions',
  text: `select user_id as "userId", plan, started_at as "startedAt", ends_at as "endsAt", auto_renew as "autoRenew",
      case when status = 'ACTIVE' and ends_at <= now() then 'EXPIRED' else status end as status
    from user_subscriptions where user_id = any($1::uuid[]) and closed_at is null`,
};

export type RoleView = Pick<UserRole, 'userId' | 'role' | 'grantedAt' | 'grantedBy' | 'expiresAt'>;
export type SubscriptionView = Pick<
  UserSubscription,
  'userId' | 'plan' | 'status' | 'startedAt' | 'endsAt' | 'autoRenew'
>;
