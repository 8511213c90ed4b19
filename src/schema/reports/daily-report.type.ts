import { Field, Float, Int, ObjectType } from 'type-graphql';
import { ServiceQuotaType } from '../quotas/service-quota.type.ts';
import { DateScalar } from '../scalars.ts';

@ObjectType('ServiceCalls', {
  description: 'Calls of a provider that ended, with the keys of the installation.',
  simpleResolvers: true,
})
export class ServiceCallsType {
  @Field(() => String, { description: 'Name of the provider.' })
  declare readonly service: string;

  @Field(() => Int, { description: 'All of them.' })
  declare readonly total: number;

  @Field(() => Int, { description: 'Those that delivered.' })
  declare readonly success: number;

  @Field(() => Int, { description: 'Those that did not.' })
  declare readonly failed: number;

  @Field(() => Float, { nullable: true, description: 'Share of those that delivered, 0 to 100.' })
  declare readonly successRate: number | null;
}

@ObjectType('ErrorCount', { description: 'How often an error occurred.', simpleResolvers: true })
export class ErrorCountType {
  @Field(() => String, { description: 'Its code.' })
  declare readonly code: string;

  @Field(() => Int, { description: 'Failed attempts at stages and failed calls of providers.' })
  declare readonly count: number;
}

@ObjectType('DailyPerformance', {
  description: 'How fast the installation was on a day. Null where too little was measured.',
  simpleResolvers: true,
})
export class DailyPerformanceType {
  @Field(() => Float, {
    nullable: true,
    description:
      'Half of the GraphQL operations took no longer; as the next two, estimated from a histogram, without those that wait for providers.',
  })
  declare readonly apiP50Ms: number | null;

  @Field(() => Float, { nullable: true, description: '95 % of the GraphQL operations took no longer.' })
  declare readonly apiP95Ms: number | null;

  @Field(() => Float, { nullable: true, description: '99 % of the GraphQL operations took no longer.' })
  declare readonly apiP99Ms: number | null;

  @Field(() => Float, { nullable: true, description: '95 % of the statements of PostgreSQL took no longer.' })
  declare readonly sqlP95Ms: number | null;

  @Field(() => Float, { nullable: true, description: 'Half of the completed videos were made in this time.' })
  declare readonly makingP50Seconds: number | null;

  @Field(() => Float, { nullable: true, description: '95 % of the completed videos were made in this time.' })
  declare readonly makingP95Seconds: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the health checks, one each 30 seconds, in which the core worked, 0 to 100.',
  })
  declare readonly availability: number | null;
}

@ObjectType('DailyReport', {
  description: 'What happened on a day (UTC). Of a day that is over, as it was known five minutes after it.',
  simpleResolvers: true,
})
export class DailyReportType {
  @Field(() => DateScalar, { description: 'The day.' })
  declare readonly date: string;

  @Field(() => Int, { description: 'Videos that were accepted.' })
  declare readonly totalVideos: number;

  @Field(() => Int, { description: 'Runs of videos that were completed.' })
  declare readonly completedVideos: number;

  @Field(() => Int, { description: 'Runs of videos that failed.' })
  declare readonly failedVideos: number;

  @Field(() => Float, { nullable: true, description: 'Share of these runs that were completed, 0 to 100.' })
  declare readonly successRate: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean time of making a completed video: from the first attempt of a worker in its run to the end of the last stage.',
  })
  declare readonly averageDurationSeconds: number | null;

  @Field(() => Int, { description: 'Users who signed in, renewed a token, used an API key or ordered something.' })
  declare readonly activeUsers: number;

  @Field(() => [ServiceCallsType], { description: 'Calls of each provider, by name.' })
  declare readonly apiCalls: readonly ServiceCallsType[];

  @Field(() => [ServiceQuotaType], { description: 'What was used of the quotas of services when the day ended.' })
  declare readonly quotaUsage: readonly ServiceQuotaType[];

  @Field(() => [ErrorCountType], { description: 'At most ten, the most frequent first.' })
  declare readonly commonErrors: readonly ErrorCountType[];

  @Field(() => DailyPerformanceType, { description: 'How fast it was.' })
  declare readonly performance: DailyPerformanceType;
}
