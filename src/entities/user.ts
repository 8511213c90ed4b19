import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A person's account. The e-mail address and phone number are encrypted; `emailIndex` is a blind index for look-up. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    username: p.string().length(50),
    /** AES-256-GCM, prefixed with the key's id. */
    emailEncrypted: p.text(),
    /** HMAC-SHA-256 of the lower-cased address, hex; unique. */
    emailIndex: p.string().length(64).unique(),
    emailVerified: p.boolean().default(false),
    phoneEncrypted: p.text().nullable(),
    /** argon2id in PHC format. */
    passwordHash: p.text(),
    fullName: p.string().length(200).nullable(),
    bio: p.text().nullable(),
    avatarUrl: p.text().nullable(),
    website: p.text().nullable(),
    location: p.string().length(200).nullable(),
    isActive: p.boolean().default(true),
    lastLoginAt: p.datetime(3).nullable(),
    /** When the user was last notified that sign-ins have to wait. */
    delayNoticeAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    updatedAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type User = InferEntity<typeof User>;
