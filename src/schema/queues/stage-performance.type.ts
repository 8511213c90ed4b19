import { Field, Float, Int, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';

@ObjectType('StagePerformance', {
  description:
    'Statistics of one stage over all videos. Times are of successful attempts; null while there is nothing to count.',
  simpleResolvers: true,
})
export class StagePerformanceType {
  @Field(() => PipelineStage, { description: 'Which stage.' })
  declare readonly stage: PipelineStage;

  @Field(() => Int, { description: 'Attempts that ended, with success or failure.' })
  declare readonly runs: number;

  @Field(() => Float, { nullable: true, description: 'Seconds on average.' })
  declare readonly averageSeconds: number | null;

  @Field(() => Float, { nullable: true, description: '50th percentile, in seconds.' })
  declare readonly p50Seconds: number | null;

  @Field(() => Float, { nullable: true, description: '95th percentile, in seconds.' })
  declare readonly p95Seconds: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of the attempts that failed, 0 to 100.' })
  declare readonly failureRate: number | null;
}
