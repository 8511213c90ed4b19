import { Field, ObjectType } from 'type-graphql';
import { ChapterType } from './chapter.type.ts';

@ObjectType('VideoAnalysis', { description: 'What analysis found in a finished video.', simpleResolvers: true })
export class VideoAnalysisType {
  @Field(() => String, { description: 'What it says, in short.' })
  declare readonly summary: string;

  @Field(() => String, { nullable: true, description: 'A title that fits.' })
  declare readonly suggestedTitle: string | null;

  @Field(() => String, { nullable: true, description: 'A description that fits.' })
  declare readonly suggestedDescription: string | null;

  @Field(() => [String], { description: 'Tags that fit, most telling first.' })
  declare readonly suggestedTags: readonly string[];

  @Field(() => [ChapterType], { description: 'Chapters in order; the first begins at 0.' })
  declare readonly chapters: readonly ChapterType[];
}
