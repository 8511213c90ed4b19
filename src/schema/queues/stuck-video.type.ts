import { Field, Int, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';
import { UserErrorType } from '../errors/user-error.type.ts';
import { DateTime } from '../scalars.ts';
import { VideoType } from '../videos/video.type.ts';

@ObjectType('RecoverStuckVideosPayload', {
  description: 'The videos that were taken from workers without progress.',
  simpleResolvers: true,
})
export class RecoverStuckVideosPayloadType {
  @Field(() => [VideoType], { description: 'Videos that now wait for another worker; none with dryRun.' })
  declare readonly recovered: readonly VideoType[];

  @Field(() => [VideoType], { description: 'With dryRun: the videos that would be taken. Otherwise none.' })
  declare readonly wouldRecover: readonly VideoType[];

  @Field(() => [UserErrorType], {
    description: 'Errors that the caller can correct: an invalid age, and each of videoIds that names no stuck video.',
  })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('StuckVideo', {
  description: 'A video that makes no progress: its worker sends no heartbeat, or is alive but without progress.',
  simpleResolvers: true,
})
export class StuckVideoType {
  @Field(() => VideoType, { description: 'The video.' })
  declare readonly video: VideoType;

  @Field(() => Int, { description: 'For how long.' })
  declare readonly stuckSeconds: number;

  @Field(() => PipelineStage, { nullable: true, description: 'The first stage that is not finished.' })
  declare readonly stage: PipelineStage | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The last heartbeat of its worker; null where there was none.',
  })
  declare readonly lastHeartbeatAt: Date | null;
}
