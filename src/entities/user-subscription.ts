import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Plan, SubscriptionStatus } from './enums.ts';
import { User } from './user.ts';

/** The plan of a user; one row per user. */
export const UserSubscription = defineEntity({
  name: 'UserSubscription',
  tableName: 'user_subscriptions',
  properties: {
    userId: () => p.oneToOne(User).owner().mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    plan: p.string().length(20).$type<Plan>(),
    status: p.string().length(20).$type<SubscriptionStatus>(),
    startedAt: p.datetime(3).defaultRaw('now()'),
    endsAt: p.datetime(3).nullable(),
    autoRenew: p.boolean().default(true),
  },
});
export type UserSubscription = InferEntity<typeof UserSubscription>;
