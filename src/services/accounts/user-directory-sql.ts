import type { Statement } from '../../db/prepared.ts';
import { USER_COLUMNS } from './user-sql.ts';

/**
 * $1 a pattern of user name and full name, $2 blind indexes of an e-mail address, $3 a role. Names are found by an index from three
 * characters on; a shorter pattern reads users in the order of the list until the page is full.
 */
const CONDITIONS = `
  ($1::text is null or lower(username || ' ' || coalesce(full_name, '')) like lower($1))
  and ($2::text[] is null or email_index = any($2))
  and ($3::text is null or exists (
    select from user_roles r where r.user_id = users.id and r.role = $3 and (r.expires_at is null or r.expires_at > now())
  ))`;

/** $4 the id before the page, $5 the number of rows. Without a name: it is planned for the conditions that are given. */
export const USER_PAGE: Statement = {
  name: undefined,
  text: `select ${USER_COLUMNS} from users where ${CONDITIONS} and id < $4::uuid order by id desc limit $5`,
};

export const USER_COUNT: Statement = {
  name: undefined,
  text: `select count(*)::int as count from users where ${CONDITIONS}`,
};
