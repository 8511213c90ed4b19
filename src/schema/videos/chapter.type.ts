import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType('Chapter', { description: 'A named part of the film.', simpleResolvers: true })
export class ChapterType {
  @Field(() => String, { description: 'Its name.' })
  declare readonly title: string;

  @Field(() => Float, { description: 'Where in the film it begins.' })
  declare readonly startSeconds: number;
}
