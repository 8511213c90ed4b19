import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Decimal } from '../scalars.ts';
import { MetricVerdictType } from './metric-verdict.type.ts';

@ObjectType('ProviderMetrics', {
  description:
    'How the calls to a provider went within a window. Rates are 0 to 100, and null while nothing was counted.',
  simpleResolvers: true,
})
export class ProviderMetricsType {
  @Field(() => Int, { description: 'Calls that ended in the window.' })
  declare readonly calls: number;

  @Field(() => Float, { nullable: true, description: 'Share that worked.' })
  declare readonly successRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that failed.' })
  declare readonly errorRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that took too long.' })
  declare readonly timeoutRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that gave only a part of what was asked.' })
  declare readonly partialFailureRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of token refreshes that worked.' })
  declare readonly tokenRefreshSuccessRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Retries for each call, on average.' })
  declare readonly averageRetries: number | null;

  @Field(() => Float, { nullable: true, description: 'Seconds an upload took, on average.' })
  declare readonly averageUploadSeconds: number | null;

  @Field(() => Int, { description: 'Failures since the last call that worked.' })
  declare readonly consecutiveFailures: number;

  @Field(() => Float, { nullable: true, description: 'Half of the calls were faster, in milliseconds.' })
  declare readonly p50Ms: number | null;

  @Field(() => Float, { nullable: true, description: '90 of 100 calls were faster, in milliseconds.' })
  declare readonly p90Ms: number | null;

  @Field(() => Float, { nullable: true, description: '99 of 100 calls were faster, in milliseconds.' })
  declare readonly p99Ms: number | null;

  @Field(() => Decimal, { description: 'US dollars they cost.' })
  declare readonly cost: string;

  @Field(() => [MetricVerdictType], { description: 'Figures that have a target, judged.' })
  declare readonly verdicts: readonly MetricVerdictType[];
}
