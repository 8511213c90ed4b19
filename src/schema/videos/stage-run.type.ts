import { Field, Int, ObjectType } from 'type-graphql';
import { PipelineStage, StageStatus } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('StageRun', { description: 'State of one stage of a video in its current run.', simpleResolvers: true })
export class StageRunType {
  @Field(() => PipelineStage, { description: 'Which stage.' })
  declare readonly stage: PipelineStage;

  @Field(() => StageStatus, { description: 'Its state.' })
  declare readonly status: StageStatus;

  @Field(() => Int, { description: '0 to 100 within this stage.' })
  declare readonly progress: number;

  @Field(() => Int, { description: 'The number of attempts that have begun.' })
  declare readonly attempt: number;

  @Field(() => Int, { description: 'The number of attempts after which it is FAILED.' })
  declare readonly maxAttempts: number;

  @Field(() => DateTime, { nullable: true, description: 'While RETRYING: the time of the next attempt.' })
  declare readonly nextAttemptAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  declare readonly startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was done.' })
  declare readonly completedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'The provider that did the work.' })
  declare readonly provider: string | null;

  @Field(() => String, { nullable: true, description: 'Code of its last error.' })
  declare readonly errorCode: string | null;

  @Field(() => String, { nullable: true, description: 'The same error as a sentence.' })
  declare readonly errorMessage: string | null;
}
