import { Field, Int, ObjectType } from 'type-graphql';
import { PipelineStage, StageStatus } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('StageRun', { description: 'How one stage of a video goes in its present run.', simpleResolvers: true })
export class StageRunType {
  @Field(() => PipelineStage, { description: 'Which stage.' })
  declare readonly stage: PipelineStage;

  @Field(() => StageStatus, { description: 'How far it is.' })
  declare readonly status: StageStatus;

  @Field(() => Int, { description: '0 to 100 within this stage.' })
  declare readonly progress: number;

  @Field(() => Int, { description: 'How often it was begun.' })
  declare readonly attempt: number;

  @Field(() => Int, { description: 'After so many it has FAILED.' })
  declare readonly maxAttempts: number;

  @Field(() => DateTime, { nullable: true, description: 'While RETRYING: when it is tried again.' })
  declare readonly nextAttemptAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  declare readonly startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was done.' })
  declare readonly completedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Who did the work.' })
  declare readonly provider: string | null;

  @Field(() => String, { nullable: true, description: 'Code of what last went wrong.' })
  declare readonly errorCode: string | null;

  @Field(() => String, { nullable: true, description: 'The same as a sentence.' })
  declare readonly errorMessage: string | null;
}
