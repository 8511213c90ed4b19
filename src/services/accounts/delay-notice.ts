import type { FieldCipher } from '../../auth/secrets.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { enqueueMail } from '../mail/mail-store.ts';
import { emailLocation } from './account-store.ts';
import { noteDelayNotice } from './delay-notice-sql.ts';

/** Mails the user, at most once a day, that sign-ins to the account have to wait; null is an identifier without an account. */
export async function prepareDelayNotice(em: Em, cipher: FieldCipher, userId: string | null): Promise<void> {
  const rows = sqlOf(em);
  const found = await noteDelayNotice(rows, userId);
  if (!found) return;
  const { id, username, emailEncrypted } = found;
  await enqueueMail(rows, cipher, { kind: 'delayed', to: cipher.decrypt(emailEncrypted, emailLocation(id)), username });
  await appendAudit(em, { action: 'session.delay', actorId: null, target: encodeId('user', id), outcome: 'DENIED' });
}
