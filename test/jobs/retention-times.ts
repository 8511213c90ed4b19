import type { RetentionTimes } from '../../src/jobs/tasks/clear-old-rows.ts';

export const RETENTION_TIMES: RetentionTimes = {
  jobsDays: 30,
  eventsDays: 7,
  idempotencyHours: 24,
  sessionsDays: 30,
  serviceQuotasDays: 90,
  alertsDays: 90,
};
