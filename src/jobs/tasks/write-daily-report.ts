import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { Notification } from '../../services/alerts/notification.ts';
import { readToday } from '../../services/reports/daily-report-sql.ts';
import { storeReport } from '../../services/reports/daily-report-store.ts';
import { makeReport } from '../../services/reports/report.service.ts';

type Report = Awaited<ReturnType<typeof makeReport>>;

export interface DailyReportParts {
  readonly db: Database;
  readonly logger: Logger;
  /** Sends it after the commit of the transaction of `em`; it is not sent where left out. */
  readonly notify?: (em: Em, notice: Notification) => Promise<void>;
}

/** Stores, logs and sends the report of the day before; once, however often it runs. */
export class DailyReports {
  readonly #parts: DailyReportParts;

  constructor(parts: DailyReportParts) {
    this.#parts = parts;
  }

  async write(): Promise<void> {
    const { db, logger, notify } = this.#parts;
    const { yesterday } = await readToday(db.sql());
    const report = await makeReport(db.sql(), yesterday);
    const isNew = await db.transaction(async (em) => {
      const stored = await storeReport(em, yesterday, report);
      if (stored) await notify?.(em, noticeOf(report));
      return stored;
    });
    if (isNew) logger.info(lineOf(report), 'daily report');
  }
}

/** The line of the log, whose fields other programs read. */
function lineOf(report: Report) {
  const calls = report.apiCalls.map(({ service, total, success, failed, successRate }) => [
    service,
    { total, success, failed, success_rate: rounded(successRate) },
  ]);
  const quotas = report.quotaUsage.map(({ service, used, total, percentage }) => [
    service,
    { used, total, percentage: rounded(percentage) },
  ]);
  const { averageDurationSeconds: seconds } = report;
  return {
    report_type: 'daily_summary',
    date: report.date,
    statistics: {
      total_projects: report.totalVideos,
      successful_projects: report.completedVideos,
      failed_projects: report.failedVideos,
      success_rate: rounded(report.successRate),
      average_duration_minutes: rounded(seconds === null ? null : seconds / 60),
      api_calls: Object.fromEntries(calls),
      quota_usage: Object.fromEntries(quotas),
    },
  };
}

function noticeOf(report: Report): Notification {
  const { date, completedVideos, failedVideos, performance } = report;
  const figure = (name: string, value: number | null, unit: string) =>
    value === null ? [] : [`${name}: ${rounded(value)} ${unit}`];
  const minutes = report.averageDurationSeconds === null ? null : report.averageDurationSeconds / 60;
  const text = [
    `New videos: ${report.totalVideos}`,
    `Active users: ${report.activeUsers}`,
    ...figure('Success rate', report.successRate, '%'),
    ...figure('Mean making time', minutes, 'min'),
    ...figure('95 % of API operations within', performance.apiP95Ms, 'ms'),
    ...figure('Availability', performance.availability, '%'),
    ...report.apiCalls.map(({ service, total, failed }) => `Calls of ${service}: ${total}, ${failed} failed`),
    ...report.quotaUsage.flatMap(({ service, percentage }) => figure(`Quota of ${service} used`, percentage, '%')),
    ...report.commonErrors.map(({ code, count }) => `${code}: ${count} times`),
  ].join('\n');
  const title = `Daily report of ${date}: ${completedVideos} videos made, ${failedVideos} failed`;
  return { kind: 'report', priority: 'P2', title, alerts: [], text };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(100 * value) / 100;
}
