import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { DailyReportType } from '../../schema/reports/daily-report.type.ts';
import { DateScalar } from '../../schema/scalars.ts';
import type { ReportFacts } from '../../services/reports/report.service.ts';
import type { Context } from '../context.ts';

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
}
