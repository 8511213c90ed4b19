import type { Statement } from '../../db/prepared.ts';

/**
 * Every change of users' access that an earlier snapshot did not see, and every role and key that has expired since; $1 is that
 * snapshot, $2 its time. Both come from the database: other clocks may be wrong.
 */
export const ACCESS_CHANGES: Statement = {
  name: 'access_changes',
  text: `
    select pg_current_snapshot()::text as "snapshot", now()::text as "time", array(
      select user_id from access_changes
        where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
      union select user_id from user_roles where expires_at > $2::timestamptz and expires_at <= now()
      union select user_id from api_keys where expires_at > $2::timestamptz and expires_at <= now()
    ) as "userIds"`,
};
