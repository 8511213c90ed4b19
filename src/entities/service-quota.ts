import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** What the installation has used of an outside service, as of the last check that succeeded. */
export const ServiceQuota = defineEntity({
  name: 'ServiceQuota',
  tableName: 'service_quotas',
  properties: {
    /** The name of the provider. */
    service: p.string().length(60).primary(),
    /** In the unit that the service counts; null before the first check has succeeded. */
    used: p.decimal('string').precision(20).scale(4).nullable(),
    /** Null where there is no limit, or none is known. */
    total: p.decimal('string').precision(20).scale(4).nullable(),
    resetAt: p.datetime(3).nullable(),
    checkedAt: p.datetime(3).nullable(),
    /** Code of the failure of the last check; null where it has succeeded. */
    errorCode: p.string().length(80).nullable(),
  },
});
export type ServiceQuota = InferEntity<typeof ServiceQuota>;
