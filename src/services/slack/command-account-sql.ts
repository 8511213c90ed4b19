import type { Statement } from '../../db/prepared.ts';
import type { Role } from '../../entities/enums.ts';

export interface CommandAccountRow {
  readonly username: string;
  readonly roles: readonly Role[];
}

/** The user with the id $1, where they may sign in, with the roles in force. */
export const COMMAND_ACCOUNT: Statement = {
  name: 'slack_command_account',
  text: `
    select u.username, array(
      select r.role::text from user_roles r where r.user_id = u.id and (r.expires_at is null or r.expires_at > now())
    ) as roles from users u where u.id = $1::uuid and u.is_active`,
};
