import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** Wrong passwords for one identifier from one network, whether or not it has an account; forgotten after a day without another. */
export const SignInFailure = defineEntity({
  name: 'SignInFailure',
  tableName: 'sign_in_failures',
  primaryKeys: ['identifier', 'network'],
  properties: {
    /** Blind index of the user name or e-mail address that was entered. */
    identifier: p.string().length(64).primary(),
    /** As `networkOf` names it; empty in the row that counts for all networks from which the account was never used. */
    network: p.string().length(60).primary(),
    failures: p.integer(),
    lastAt: p.datetime(3),
    /** No password is checked before. */
    waitUntil: p.datetime(3).nullable(),
    /** Where the identifier has an account. */
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').nullable(),
  },
});
export type SignInFailure = InferEntity<typeof SignInFailure>;
