import { Field, ID, ObjectType } from 'type-graphql';
import { LanguageTag, URL } from '../scalars.ts';

@ObjectType('Voice', { description: 'Somebody who can read a narration.', simpleResolvers: true })
export class VoiceType {
  @Field(() => ID, { description: 'Unique within its provider: the voiceId of a VoiceInput.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the provider that speaks with it.' })
  declare readonly provider: string;

  @Field(() => String, { description: 'Name to show.' })
  declare readonly name: string;

  @Field(() => [LanguageTag], { description: 'Languages it reads sensibly.' })
  declare readonly languages: readonly string[];

  @Field(() => URL, { nullable: true, description: 'A sample to listen to.' })
  declare readonly previewUrl: string | null;

  @Field(() => Boolean, { description: 'Whether it was made from somebody’s recordings.' })
  declare readonly cloned: boolean;
}
