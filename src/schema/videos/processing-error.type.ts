import { Field, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('ProcessingError', { description: 'Why the making of a video stopped.', simpleResolvers: true })
export class ProcessingErrorType {
  @Field(() => String, { description: 'For a program, e.g. "FFMPEG_FAILED".' })
  declare readonly code: string;

  @Field(() => String, { description: 'For a person.' })
  declare readonly message: string;

  @Field(() => PipelineStage, { nullable: true, description: 'Where it happened.' })
  declare readonly stage: PipelineStage | null;

  @Field(() => Boolean, { description: 'Whether trying again may help without anybody changing anything.' })
  declare readonly retriable: boolean;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare readonly at: string;

  @Field(() => String, { nullable: true, description: 'What to search the logs for.' })
  declare readonly traceId: string | null;
}
