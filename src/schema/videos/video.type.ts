import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { AspectRatio, JobPriority, PipelineStage, Platform, Resolution, VideoStatus } from '../../entities/enums.ts';
import { UserType } from '../accounts/user.type.ts';
import { NodeType } from '../node.type.ts';
import { BigIntString, DateTime, LanguageTag, URL } from '../scalars.ts';
import { CostType } from './cost.type.ts';
import { ProcessingErrorType } from './processing-error.type.ts';
import { QualityReportType } from './quality-report.type.ts';
import { SceneType } from './scene.type.ts';
import { StageRunType } from './stage-run.type.ts';
import { VideoAnalysisType } from './video-analysis.type.ts';

@ObjectType('Seo', { description: 'Metadata of a video for search engines.', simpleResolvers: true })
export class SeoType {
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  declare readonly title: string | null;

  @Field(() => String, { nullable: true, description: 'A sentence or two.' })
  declare readonly description: string | null;

  @Field(() => [String], { description: 'The most relevant first.' })
  declare readonly keywords: readonly string[];
}

@ObjectType('Video', {
  description: 'A video: its input, its state and its result.',
  implements: NodeType,
  simpleResolvers: true,
})
export class VideoType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => UserType, { description: 'Its owner.' })
  declare readonly owner: UserType;

  @Field(() => String, { description: 'At most 200 characters.' })
  declare readonly title: string;

  @Field(() => String, { nullable: true, description: 'The description that viewers read.' })
  declare readonly description: string | null;

  @Field(() => String, { nullable: true, description: 'The requested topic, where one was given.' })
  declare readonly topic: string | null;

  @Field(() => String, { nullable: true, description: 'The narration; blank lines separate the scenes.' })
  declare readonly script: string | null;

  @Field(() => LanguageTag, { description: 'Language of the narration.' })
  declare readonly language: string;

  @Field(() => VideoStatus, { description: 'Its status.' })
  declare readonly status: VideoStatus;

  @Field(() => Int, { description: '0 to 100. Never falls within one run, and is 100 only once COMPLETED.' })
  declare readonly progress: number;

  @Field(() => Int, { description: '1 for the first run; a retry, a scene edit or an approval begins the next.' })
  declare readonly run: number;

  @Field(() => PipelineStage, {
    nullable: true,
    description: 'The first stage that is not finished. Work done in advance for later stages shows when they begin.',
  })
  declare readonly currentStage: PipelineStage | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Estimated seconds until it is finished, by what videos took lately on this installation; while it is PENDING with the wait for a worker, and null where that is unknown: the queue is paused, no worker is alive, or 1,000 or more are before it.',
  })
  declare readonly etaSeconds: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Its place among the videos that wait for a worker: 1 is the next. Priorities share the workers 10 : 5 : 1, which the place takes into account; with several workers it is off by a few. 1,000 stands for that place and all after it. Null unless PENDING.',
  })
  declare readonly queuePosition: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Its newest event: pass it to videoProgress or videoEvents as `after` to miss nothing from now on.',
  })
  declare readonly lastEventId: string | null;

  @Field(() => [StageRunType], { description: 'All six stages, in order.' })
  declare readonly stages: readonly StageRunType[];

  @Field(() => [SceneType], { description: 'Its scenes, in order; empty until the script is written.' })
  declare readonly scenes: readonly SceneType[];

  @Field(() => AspectRatio, { description: 'Shape of the picture.' })
  declare readonly aspectRatio: AspectRatio;

  @Field(() => Resolution, { description: 'Size of the picture.' })
  declare readonly resolution: Resolution;

  @Field(() => JobPriority, { description: 'Its priority among waiting videos.' })
  declare readonly priority: JobPriority;

  @Field(() => Float, { nullable: true, description: 'Length of the finished film.' })
  declare readonly durationSeconds: number | null;

  @Field(() => URL, {
    nullable: true,
    description:
      'The finished film; null until a run has COMPLETED. A link that needs no token, named after the title; it ends within an hour.',
  })
  declare readonly fileUrl: string | null;

  @Field(() => BigIntString, { nullable: true, description: 'Size of the film in bytes.' })
  declare readonly fileSize: number | null;

  @Field(() => String, { nullable: true, description: 'Container of the film, e.g. "mp4".' })
  declare readonly format: string | null;

  @Field(() => URL, { nullable: true, description: 'A still from the film.' })
  declare readonly thumbnailUrl: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The whole caption file as text; null until the captions are made.',
  })
  declare readonly captions: string | null;

  @Field(() => [Platform], { description: 'The platforms for which it is intended.' })
  declare readonly platforms: readonly Platform[];

  @Field(() => [String], { description: 'Tags to find it by.' })
  declare readonly tags: readonly string[];

  @Field(() => SeoType, { description: 'Metadata for search engines.' })
  declare readonly seo: SeoType;

  @Field(() => VideoAnalysisType, {
    nullable: true,
    description: 'A summary and suggestions, once the ANALYSIS stage has run.',
  })
  declare readonly analysis: VideoAnalysisType | null;

  @Field(() => QualityReportType, {
    nullable: true,
    description: 'Measurements of the file, which are taken before the video is COMPLETED.',
  })
  declare readonly quality: QualityReportType | null;

  @Field(() => ProcessingErrorType, { nullable: true, description: 'Why it FAILED.' })
  declare readonly error: ProcessingErrorType | null;

  @Field(() => CostType, { description: 'What providers take for it.' })
  declare readonly cost: CostType;

  @Field(() => DateTime, { description: 'When it was created.' })
  declare readonly createdAt: Date;

  @Field(() => DateTime, { description: 'Last change.' })
  declare readonly updatedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When a worker first claimed it.' })
  declare readonly startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was finished.' })
  declare readonly completedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was first published.' })
  declare readonly publishedAt: Date | null;
}
