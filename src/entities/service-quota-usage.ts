import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** The history of service quotas: a row for each change, and one for each hour without a change. */
export const ServiceQuotaUsage = defineEntity({
  name: 'ServiceQuotaUsage',
  tableName: 'service_quota_usage',
  primaryKeys: ['service', 'recordedAt'],
  properties: {
    service: p.string().length(60).primary(),
    recordedAt: p.datetime(3).primary(),
    used: p.decimal('string').precision(20).scale(4),
    total: p.decimal('string').precision(20).scale(4).nullable(),
    resetAt: p.datetime(3).nullable(),
  },
});
export type ServiceQuotaUsage = InferEntity<typeof ServiceQuotaUsage>;
