import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PipelineStage, StageStatus, VideoStatus } from '../../entities/enums.ts';
import { DateTime, Decimal } from '../scalars.ts';
import { ProcessingErrorType } from './processing-error.type.ts';
import { VideoType } from './video.type.ts';

@ObjectType('VideoProgressEvent', {
  description: 'One step in the life of a video. Progress never falls within a run.',
  simpleResolvers: true,
})
export class VideoProgressEventType {
  @Field(() => ID, { description: 'The cursor of this event: pass it as `after` to resume.' })
  declare readonly id: string;

  @Field(() => ID, { description: 'The video’s id; it remains when the video is deleted.' })
  declare readonly videoId: string;

  @Field(() => VideoType, { nullable: true, description: 'The video as it is now; null once deleted.' })
  declare readonly video: VideoType | null;

  @Field(() => Int, { description: 'The number of the run.' })
  declare readonly run: number;

  @Field(() => VideoStatus, { description: 'Status of the video at this event.' })
  declare readonly status: VideoStatus;

  @Field(() => PipelineStage, { nullable: true, description: 'The stage of the event; null for an event of no stage.' })
  declare readonly stage: PipelineStage | null;

  @Field(() => StageStatus, { nullable: true, description: 'State of that stage.' })
  declare readonly stageStatus: StageStatus | null;

  @Field(() => Int, { description: 'Progress of the whole video, 0 to 100.' })
  declare readonly progress: number;

  @Field(() => String, { description: 'A description of the event.' })
  declare readonly message: string;

  @Field(() => Int, { nullable: true, description: 'Index of its scene, from 0.' })
  declare readonly sceneIndex: number | null;

  @Field(() => Int, { nullable: true, description: 'The number of scenes.' })
  declare readonly sceneCount: number | null;

  @Field(() => Int, { nullable: true, description: 'Estimated seconds until the video is finished.' })
  declare readonly etaSeconds: number | null;

  @Field(() => Decimal, { description: 'US dollars spent on the video so far.' })
  declare readonly costSpent: string;

  @Field(() => ProcessingErrorType, { nullable: true, description: 'The error, if there is one.' })
  declare readonly error: ProcessingErrorType | null;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare readonly at: Date;
}
