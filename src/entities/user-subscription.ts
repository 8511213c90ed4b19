import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Plan, SubscriptionStatus } from './enums.ts';
import { User } from './user.ts';

/** A plan that a user is or was on. The current one is not closed; each user has one. */
export const UserSubscription = defineEntity({
  name: 'UserSubscription',
  tableName: 'user_subscriptions',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    plan: p.string().length(20).$type<Plan>(),
    status: p.string().length(20).$type<SubscriptionStatus>(),
    startedAt: p.datetime(3).defaultRaw('now()'),
    endsAt: p.datetime(3).nullable(),
    autoRenew: p.boolean().default(true),
    /** When another plan replaced it. */
    closedAt: p.datetime(3).nullable(),
    /** Names the subscription at a payment processor. AES-256-GCM, prefixed with the key's id; no field of the API shows it. */
    processorReferenceEncrypted: p.text().nullable(),
  },
});
export type UserSubscription = InferEntity<typeof UserSubscription>;
