import type { FieldCipher } from '../../auth/secrets.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { PreparedOrder } from '../mail/mail-texts.ts';
import { prepareReset } from './account-tokens.ts';
import { prepareDelayNotice } from './delay-notice.ts';
import { prepareRegistration } from './registrations.ts';

/** Writes the mail that an order leads to, if any, in the transaction of `em`. */
export async function prepareMail(em: Em, cipher: FieldCipher, order: PreparedOrder): Promise<void> {
  const rows = sqlOf(em);
  switch (order.kind) {
    case 'resetRequest':
      return await prepareReset(rows, cipher, order.to);
    case 'delayNotice':
      return await prepareDelayNotice(em, cipher, order.userId);
    case 'registration':
      return await prepareRegistration(rows, cipher, order.id);
  }
}
