import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A mail that is to be sent; written in the transaction of its cause, deleted once the mail server has it. */
export const Mail = defineEntity({
  name: 'Mail',
  tableName: 'mails',
  properties: {
    id: p.uuid().primary(),
    /** Recipient, kind and token, encrypted. */
    contentEncrypted: p.text(),
    attempts: p.integer().default(0),
    nextAt: p.datetime(3).defaultRaw('now()'),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type Mail = InferEntity<typeof Mail>;
