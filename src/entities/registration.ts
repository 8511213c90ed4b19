import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A new account whose address is not confirmed yet. It holds its user name, also where the address already has an account. */
export const Registration = defineEntity({
  name: 'Registration',
  tableName: 'registrations',
  properties: {
    id: p.uuid().primary(),
    username: p.string().length(50),
    fullName: p.string().length(200).nullable(),
    /** argon2id in PHC format. */
    passwordHash: p.text(),
    emailEncrypted: p.text(),
    /** HMAC-SHA-256 of the lower-cased address, hex. Several registrations may have the same. */
    emailIndex: p.string().length(64),
    /** SHA-256, hex, of the token that was mailed last; null where none was. */
    tokenHash: p.string().length(64).unique().nullable(),
    expiresAt: p.datetime(3),
  },
});
export type Registration = InferEntity<typeof Registration>;
