import { Field, Int, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';
import { UserErrorType } from '../errors/user-error.type.ts';
import { DateTime } from '../scalars.ts';
import { VideoType } from '../videos/video.type.ts';

@ObjectType('RecoverStuckVideosPayload', {
  description: 'Which videos were taken back from workers that stood still.',
  simpleResolvers: true,
})
export class RecoverStuckVideosPayloadType {
  @Field(() => [VideoType], { description: 'Those that now wait for another worker; none with dryRun.' })
  declare readonly recovered: readonly VideoType[];

  @Field(() => [VideoType], { description: 'With dryRun: those that would. Otherwise none.' })
  declare readonly wouldRecover: readonly VideoType[];

  @Field(() => [UserErrorType], {
    description: 'What has to be mended: an age that is none, each of videoIds that names nothing that stands still.',
  })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('StuckVideo', {
  description: 'A video whose making stands still: its worker is silent, or alive but without progress.',
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
    description: 'When a worker that had it last gave a sign of life; null where none ever did.',
  })
  declare readonly lastHeartbeatAt: Date | null;
}
