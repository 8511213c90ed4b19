import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Decimal } from '../scalars.ts';
import { MetricVerdictType } from './metric-verdict.type.ts';

@ObjectType('ProviderMetrics', {
  description:
    'Statistics of the calls to a provider in a time window. Rates are 0 to 100, and null while there is nothing to count.',
  simpleResolvers: true,
})
export class ProviderMetricsType {
  @Field(() => Int, {
    description:
      'Calls that ended in the window, without those that were refused because of their request, such as content against the rules of the service.',
  })
  declare readonly calls: number;

  @Field(() => Float, { nullable: true, description: 'Share that succeeded.' })
  declare readonly successRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that failed.' })
  declare readonly errorRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that took too long.' })
  declare readonly timeoutRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that returned only a part of what was requested.' })
  declare readonly partialFailureRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of token refreshes that succeeded.' })
  declare readonly tokenRefreshSuccessRate: number | null;

  @Field(() => Float, { nullable: true, description: 'Retries for each call, on average.' })
  declare readonly averageRetries: number | null;

  @Field(() => Float, { nullable: true, description: 'Seconds an upload took, on average.' })
  declare readonly averageUploadSeconds: number | null;

  @Field(() => Int, { description: 'Failures since the last successful call.' })
  declare readonly consecutiveFailures: number;

  @Field(() => Float, { nullable: true, description: '50th percentile of the duration, in milliseconds.' })
  declare readonly p50Ms: number | null;

  @Field(() => Float, { nullable: true, description: '90th percentile of the duration, in milliseconds.' })
  declare readonly p90Ms: number | null;

  @Field(() => Float, { nullable: true, description: '99th percentile of the duration, in milliseconds.' })
  declare readonly p99Ms: number | null;

  @Field(() => Decimal, { description: 'Their cost in US dollars.' })
  declare readonly cost: string;

  @Field(() => [MetricVerdictType], { description: 'The values that have a target, with their verdicts.' })
  declare readonly verdicts: readonly MetricVerdictType[];
}
