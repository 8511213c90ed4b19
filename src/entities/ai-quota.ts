import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GenerationType, QuotaPeriod } from './enums.ts';
import { User } from './user.ts';

/** What one user has used of one kind in the current period. `used + reserved` never exceeds `limit`. */
export const AiQuota = defineEntity({
  name: 'AiQuota',
  tableName: 'ai_quotas',
  primaryKeys: ['userId', 'type', 'period'],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    type: p.string().length(20).$type<GenerationType>().primary(),
    period: p.string().length(10).$type<QuotaPeriod>().primary(),
    /** At the last reservation. */
    limit: p.integer().fieldName('quota_limit'),
    /** The user's own, which takes precedence over the plan's. */
    customLimit: p.integer().nullable(),
    used: p.integer().default(0),
    reserved: p.integer().default(0),
    resetAt: p.datetime(3),
  },
});
export type AiQuota = InferEntity<typeof AiQuota>;
