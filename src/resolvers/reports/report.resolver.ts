import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { AppError } from '../../errors.ts';
import { DailyReportType } from '../../schema/reports/daily-report.type.ts';
import { OperationLatencyType } from '../../schema/reports/operation-latency.type.ts';
import { DateScalar } from '../../schema/scalars.ts';
import type { OperationLatencyFacts } from '../../services/reports/operation-latencies.ts';
import type { ReportFacts } from '../../services/reports/report.service.ts';
import type { Context } from '../context.ts';

/** Counts are kept for somewhat longer. */
const MAX_WINDOW_MINUTES = 60;

@Resolver()
export class ReportResolver {
  @Query(() => DailyReportType, {
    nullable: true,
    description:
      'What happened on a day (UTC), today so far if left out; null for a day that has not begun. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async dailyReport(
    @Arg('date', () => DateScalar, { nullable: true }) date: string | null | undefined,
    @Ctx() { services }: Context,
  ): Promise<ReportFacts | null> {
    return await services.reports.daily(date);
  }

  @Query(() => [OperationLatencyType], {
    nullable: true,
    description:
      'How long operations took in the last minutes, 1 to 60, by their root fields, worst first; other processes report each half minute. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async apiLatency(
    @Arg('sinceMinutes', () => Int, { defaultValue: 15 }) sinceMinutes: number,
    @Ctx() { services }: Context,
  ): Promise<OperationLatencyFacts[]> {
    if (sinceMinutes < 1 || sinceMinutes > MAX_WINDOW_MINUTES)
      throw new AppError('INVALID_INPUT', `sinceMinutes has to be between 1 and ${MAX_WINDOW_MINUTES}.`);
    return await services.operationLatencies.since(sinceMinutes);
  }
}
