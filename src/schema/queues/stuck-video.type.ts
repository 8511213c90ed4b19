import { Field, Int, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';
import { VideoType } from '../videos/video.type.ts';

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
