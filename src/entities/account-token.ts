import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** What a token that was mailed allows; a new one replaces the one before. */
export type AccountTokenKind = 'VERIFY' | 'RESET' | 'CHANGE_EMAIL';

/** A token that was mailed to a user: works once, and only for the address to which it went. */
export const AccountToken = defineEntity({
  name: 'AccountToken',
  tableName: 'account_tokens',
  uniques: [{ properties: ['userId', 'kind'] }],
  properties: {
    /** SHA-256, hex, of the token. */
    hash: p.string().length(64).primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    kind: p.string().length(20).$type<AccountTokenKind>(),
    /** The new address of CHANGE_EMAIL, encrypted. */
    emailEncrypted: p.text().nullable(),
    expiresAt: p.datetime(3),
  },
});
export type AccountToken = InferEntity<typeof AccountToken>;
