import { Field, Float, Int, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';

@ObjectType('StagePerformance', {
  description:
    'How one stage went, over all videos. Times are of attempts that ended well; null while nothing was counted.',
  simpleResolvers: true,
})
export class StagePerformanceType {
  @Field(() => PipelineStage, { description: 'Which stage.' })
  declare readonly stage: PipelineStage;

  @Field(() => Int, { description: 'Attempts that ended, well or not.' })
  declare readonly runs: number;

  @Field(() => Float, { nullable: true, description: 'Seconds on average.' })
  declare readonly averageSeconds: number | null;

  @Field(() => Float, { nullable: true, description: 'Half of them took fewer seconds.' })
  declare readonly p50Seconds: number | null;

  @Field(() => Float, { nullable: true, description: '95 of 100 took fewer seconds.' })
  declare readonly p95Seconds: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of the attempts that failed, 0 to 100.' })
  declare readonly failureRate: number | null;
}
