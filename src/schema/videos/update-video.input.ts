import { Field, InputType } from 'type-graphql';
import { Platform } from '../../entities/enums.ts';

@InputType('UpdateVideoInput', {
  description:
    'What to change: a field left out stays as it is, null clears it. script may change only while the video waits for approval of its script.',
})
export class UpdateVideoInput {
  @Field(() => String, { nullable: true, description: 'What viewers see first.' })
  declare readonly title?: string | null;

  @Field(() => String, { nullable: true, description: 'What viewers read below it.' })
  declare readonly description?: string | null;

  @Field(() => String, { nullable: true, description: 'The narration; blank lines part the scenes.' })
  declare readonly script?: string | null;

  @Field(() => [String], { nullable: true, description: 'Words to find it by.' })
  declare readonly tags?: readonly string[] | null;

  @Field(() => [Platform], { nullable: true, description: 'Where it is meant to be published.' })
  declare readonly platforms?: readonly Platform[] | null;

  @Field(() => String, { nullable: true, description: 'Title for search engines.' })
  declare readonly seoTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Description for search engines.' })
  declare readonly seoDescription?: string | null;

  @Field(() => [String], { nullable: true, description: 'Key words for search engines.' })
  declare readonly seoKeywords?: readonly string[] | null;
}
