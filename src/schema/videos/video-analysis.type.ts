import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType('Chapter', { description: 'A named part of the film.', simpleResolvers: true })
export class ChapterType {
  @Field(() => String, { description: 'Its name.' })
  declare readonly title: string;

  @Field(() => Float, { description: 'Where in the film it begins.' })
  declare readonly startSeconds: number;
}

@ObjectType('VideoAnalysis', { description: 'What analysis found in a finished video.', simpleResolvers: true })
export class VideoAnalysisType {
  @Field(() => String, { description: 'A summary.' })
  declare readonly summary: string;

  @Field(() => String, { nullable: true, description: 'A suggested title.' })
  declare readonly suggestedTitle: string | null;

  @Field(() => String, { nullable: true, description: 'A suggested description.' })
  declare readonly suggestedDescription: string | null;

  @Field(() => [String], { description: 'Suggested tags, the most relevant first.' })
  declare readonly suggestedTags: readonly string[];

  @Field(() => [ChapterType], { description: 'Chapters in order; the first begins at 0.' })
  declare readonly chapters: readonly ChapterType[];
}
