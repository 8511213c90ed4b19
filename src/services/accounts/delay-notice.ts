import { sql } from 'kysely';
import type { FieldCipher } from '../../auth/secrets.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { enqueueMail } from '../mail/mail-store.ts';
import { emailLocation } from './account-store.ts';

/** Tells the user, at most once a day, that sign-ins to the account have to wait; null is an identifier without an account. */
export async function prepareDelayNotice(em: Em, cipher: FieldCipher, userId: string | null): Promise<void> {
  const rows = sqlOf(em);
  const found = await noteNotice(rows, userId);
  if (!found) return;
  const { id, username, emailEncrypted } = found;
  await enqueueMail(rows, cipher, { kind: 'delayed', to: cipher.decrypt(emailEncrypted, emailLocation(id)), username });
  await appendAudit(em, { action: 'session.delay', actorId: null, target: encodeId('user', id), outcome: 'DENIED' });
}

/** Null where the user was notified less than a day ago. */
async function noteNotice(rows: Sql, userId: string | null) {
  const { rows: found } = await sql<{ id: string; username: string; emailEncrypted: string }>`
    update users set delay_notice_at = now()
    where id = ${userId}::uuid and (delay_notice_at is null or delay_notice_at <= now() - interval '1 day')
    returning id, username, email_encrypted as "emailEncrypted"`.execute(rows);
  return found[0];
}
