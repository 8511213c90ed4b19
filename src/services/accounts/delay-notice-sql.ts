import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

export interface NotifiedUser {
  readonly id: string;
  readonly username: string;
  readonly emailEncrypted: string;
}

/** Undefined where the user was notified less than a day ago, and for null, which is no user. */
export async function noteDelayNotice(rows: Sql, userId: string | null): Promise<NotifiedUser | undefined> {
  const { rows: found } = await sql<NotifiedUser>`
    update users set delay_notice_at = now()
    where id = ${userId}::uuid and (delay_notice_at is null or delay_notice_at <= now() - interval '1 day')
    returning id, username, email_encrypted as "emailEncrypted"`.execute(rows);
  return found[0];
}
