import { Field, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('ProcessingError', { description: 'The error that stopped the making of a video.', simpleResolvers: true })
export class ProcessingErrorType {
  @Field(() => String, { description: 'The code, for programs, e.g. "FFMPEG_FAILED".' })
  declare readonly code: string;

  @Field(() => String, { description: 'The message, for people.' })
  declare readonly message: string;

  @Field(() => PipelineStage, { nullable: true, description: 'The stage in which it happened.' })
  declare readonly stage: PipelineStage | null;

  @Field(() => Boolean, { description: 'Whether a retry without changes may succeed.' })
  declare readonly retriable: boolean;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare readonly at: string;

  @Field(() => String, { nullable: true, description: 'The trace id to search the logs for.' })
  declare readonly traceId: string | null;
}
