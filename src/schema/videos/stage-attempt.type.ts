import { Field, Int, ObjectType } from 'type-graphql';
import { PipelineStage, StageAttemptStatus } from '../../entities/enums.ts';
import { DateTime, Decimal } from '../scalars.ts';

@ObjectType('StageAttempt', { description: 'One attempt of a worker at a stage of a video.', simpleResolvers: true })
export class StageAttemptType {
  @Field(() => Int, { description: 'The run of the video, from 1.' })
  declare readonly run: number;

  @Field(() => PipelineStage, { description: 'Which stage.' })
  declare readonly stage: PipelineStage;

  @Field(() => Int, {
    description:
      'From 1 for each run of the stage. A worker that goes on after another one has gone continues its attempt.',
  })
  declare readonly attempt: number;

  @Field(() => StageAttemptStatus, { description: 'Its state.' })
  declare readonly status: StageAttemptStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Id of the worker process; null where an earlier version did not record it.',
  })
  declare readonly workerId: string | null;

  @Field(() => String, { nullable: true, description: 'The provider that did the work.' })
  declare readonly provider: string | null;

  @Field(() => DateTime, { description: 'When it began.' })
  declare readonly startedAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it ended; of a worker that was stopped or has gone, its last sign of progress. Null while it runs.',
  })
  declare readonly endedAt: Date | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'What contents of the stage cost in US dollars since its attempt before, those made in advance included; null while that is not known.',
  })
  declare readonly cost: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it failed, or CANCELED or STALLED where it was taken from its worker.',
  })
  declare readonly errorCode: string | null;
}
