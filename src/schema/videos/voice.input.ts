import { Field, Float, InputType } from 'type-graphql';

@InputType('VoiceInput', { description: 'Who speaks, and how fast.' })
export class VoiceInput {
  @Field(() => String, { nullable: true, description: 'Name of a speech provider.' })
  declare readonly provider?: string | null;

  @Field(() => String, { nullable: true, description: 'One of voices; the language’s first where left out.' })
  declare readonly voiceId?: string | null;

  @Field(() => Float, { defaultValue: 1, description: '1 is the usual pace.' })
  declare readonly speed: number;
}
