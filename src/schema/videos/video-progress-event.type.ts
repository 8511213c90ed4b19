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
  @Field(() => ID, { description: 'The cursor to go on after.' })
  declare readonly id: string;

  @Field(() => ID, { description: 'Whose step it is; stays when the video is deleted.' })
  declare readonly videoId: string;

  @Field(() => VideoType, { nullable: true, description: 'The video as it is now; null once deleted.' })
  declare readonly video: VideoType | null;

  @Field(() => Int, { description: 'Which making of the video.' })
  declare readonly run: number;

  @Field(() => VideoStatus, { description: 'Where the video was in its life.' })
  declare readonly status: VideoStatus;

  @Field(() => PipelineStage, { nullable: true, description: 'The stage it is about; null outside of any.' })
  declare readonly stage: PipelineStage | null;

  @Field(() => StageStatus, { nullable: true, description: 'How far that stage was.' })
  declare readonly stageStatus: StageStatus | null;

  @Field(() => Int, { description: '0 to 100 of the whole video.' })
  declare readonly progress: number;

  @Field(() => String, { description: 'What happened, in words.' })
  declare readonly message: string;

  @Field(() => Int, { nullable: true, description: 'The scene it is about, from 0.' })
  declare readonly sceneIndex: number | null;

  @Field(() => Int, { nullable: true, description: 'Of how many scenes.' })
  declare readonly sceneCount: number | null;

  @Field(() => Int, { nullable: true, description: 'Estimated seconds until the video is finished.' })
  declare readonly etaSeconds: number | null;

  @Field(() => Decimal, { description: 'US dollars spent on the video so far.' })
  declare readonly costSpent: string;

  @Field(() => ProcessingErrorType, { nullable: true, description: 'What went wrong.' })
  declare readonly error: ProcessingErrorType | null;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare readonly at: Date;
}
