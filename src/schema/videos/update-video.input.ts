import { Field, InputType } from 'type-graphql';
import { Platform } from '../../entities/enums.ts';

@InputType('UpdateVideoInput', {
  description:
    'What to change: a field left out stays as it is, null clears it. script may change only while the video waits for approval of its script.',
})
export class UpdateVideoInput {
  @Field(() => String, { nullable: true, description: 'The title that viewers see.' })
  declare readonly title?: string | null;

  @Field(() => String, { nullable: true, description: 'The description that viewers read.' })
  declare readonly description?: string | null;

  @Field(() => String, { nullable: true, description: 'The narration; blank lines separate the scenes.' })
  declare readonly script?: string | null;

  @Field(() => [String], { nullable: true, description: 'Tags to find it by.' })
  declare readonly tags?: readonly string[] | null;

  @Field(() => [Platform], { nullable: true, description: 'The platforms for which it is intended.' })
  declare readonly platforms?: readonly Platform[] | null;

  @Field(() => String, { nullable: true, description: 'Title for search engines.' })
  declare readonly seoTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Description for search engines.' })
  declare readonly seoDescription?: string | null;

  @Field(() => [String], { nullable: true, description: 'Key words for search engines.' })
  declare readonly seoKeywords?: readonly string[] | null;
}
