import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { Sql } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import { percentileOf } from '../../histogram-window.ts';
import { quotaStatus } from '../quotas/quota-status.ts';
import { serviceQuotaFacts } from '../quotas/service-quota.service.ts';
import { readAvailabilityOfDay } from './availability-store.ts';
import {
  countActiveUsers,
  countErrors,
  countServiceCalls,
  countVideos,
  type Day,
  errorCount,
  readMakingTimes,
  readQuotasOf,
  readToday,
  serviceCalls,
} from './daily-report-sql.ts';
import { readStoredReport } from './daily-report-store.ts';
import { readLatencies } from './process-readings-store.ts';

const time = z.union([z.date(), z.string().pipe(z.coerce.date())]);

const reportFacts = z.object({
  date: z.string(),
  totalVideos: z.number(),
  completedVideos: z.number(),
  failedVideos: z.number(),
  /** Percent of the runs that ended; null where none did. */
  successRate: z.number().nullable(),
  /** Mean making time. */
  averageDurationSeconds: z.number().nullable(),
  activeUsers: z.number(),
  apiCalls: z.array(serviceCalls),
  quotaUsage: z.array(
    z.object({
      service: z.string(),
      used: z.number(),
      total: z.number().nullable(),
      percentage: z.number().nullable(),
      resetAt: time.nullable(),
      checkedAt: time,
    }),
  ),
  commonErrors: z.array(errorCount),
  performance: z.object({
    apiP50Ms: z.number().nullable(),
    apiP95Ms: z.number().nullable(),
    apiP99Ms: z.number().nullable(),
    sqlP95Ms: z.number().nullable(),
    makingP50Seconds: z.number().nullable(),
    makingP95Seconds: z.number().nullable(),
    availability: z.number().nullable(),
  }),
});
type StoredReport = z.infer<typeof reportFacts>;
export type ReportFacts = ReturnType<typeof withStatus>;

/** What happened on each day (UTC). */
export class ReportService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Of today so far where no day is given; null for a day that has not begun. */
  async daily(day?: Day | null): Promise<ReportFacts | null> {
    const db = this.#db.sql();
    const { today } = await readToday(db);
    const asked = day ?? today;
    if (asked > today) return null;
    const stored = asked === today ? null : await readStoredReport(db, asked);
    return withStatus(stored === null ? await makeReport(db, asked) : parsed(stored));
  }
}

/** From what is kept of the day now: after some weeks events, calls and quotas are deleted. */
export async function makeReport(db: Sql, day: Day): Promise<StoredReport> {
  const [videos, making, activeUsers, apiCalls, quotas, commonErrors, api, statements, availability] =
    await Promise.all([
      countVideos(db, day),
      readMakingTimes(db, day),
      countActiveUsers(db, day),
      countServiceCalls(db, day),
      readQuotasOf(db, day),
      countErrors(db, day),
      readLatencies(db, 'api', day),
      readLatencies(db, 'sql', day),
      readAvailabilityOfDay(db, day),
    ]);
  const ended = videos.completed + videos.failed;
  return {
    date: day,
    totalVideos: videos.total,
    completedVideos: videos.completed,
    failedVideos: videos.failed,
    successRate: ended === 0 ? null : (100 * videos.completed) / ended,
    averageDurationSeconds: making.mean,
    activeUsers,
    apiCalls,
    quotaUsage: quotas.map(serviceQuotaFacts),
    commonErrors,
    performance: {
      apiP50Ms: milliseconds(percentileOf(api, 0.5)),
      apiP95Ms: milliseconds(percentileOf(api, 0.95)),
      apiP99Ms: milliseconds(percentileOf(api, 0.99)),
      sqlP95Ms: milliseconds(percentileOf(statements, 0.95)),
      makingP50Seconds: making.p50,
      makingP95Seconds: making.p95,
      availability,
    },
  };
}

function withStatus({ quotaUsage, ...report }: StoredReport) {
  return {
    ...report,
    quotaUsage: quotaUsage.map((quota) => ({
      ...quota,
      status: quota.percentage === null ? ('HEALTHY' as const) : quotaStatus(quota.percentage),
    })),
  };
}

function parsed(stored: unknown): StoredReport {
  const report = reportFacts.safeParse(stored);
  if (!report.success)
    throw new AppError('DATABASE_ERROR', 'A daily report has another form than expected.', { cause: report.error });
  return report.data;
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : 1_000 * seconds;
}
