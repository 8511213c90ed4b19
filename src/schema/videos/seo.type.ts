import { Field, ObjectType } from 'type-graphql';

@ObjectType('Seo', { description: 'What search engines are told of a video.', simpleResolvers: true })
export class SeoType {
  @Field(() => String, { nullable: true, description: 'At most 100 characters.' })
  declare readonly title: string | null;

  @Field(() => String, { nullable: true, description: 'A sentence or two.' })
  declare readonly description: string | null;

  @Field(() => [String], { description: 'Most telling first.' })
  declare readonly keywords: readonly string[];
}
