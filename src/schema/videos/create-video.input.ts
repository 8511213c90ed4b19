import { Field, Float, InputType, Int } from 'type-graphql';
import { AspectRatio, JobPriority, Platform, Resolution } from '../../entities/enums.ts';
import { LanguageTag } from '../scalars.ts';

@InputType('MusicInput', { description: 'Music under the voice.' })
export class MusicInput {
  @Field(() => String, { nullable: true, description: 'E.g. "calm".' })
  declare readonly mood?: string | null;

  @Field(() => Float, { defaultValue: 0.15, description: '0 is silent, 1 as loud as it is.' })
  declare readonly volume: number;
}

@InputType('VoiceInput', { description: 'Who speaks, and how fast.' })
export class VoiceInput {
  @Field(() => String, { nullable: true, description: 'Name of a speech provider.' })
  declare readonly provider?: string | null;

  @Field(() => String, { nullable: true, description: 'One of voices; the language’s first where left out.' })
  declare readonly voiceId?: string | null;

  @Field(() => Float, { defaultValue: 1, description: '1 is the usual pace.' })
  declare readonly speed: number;
}

@InputType('SceneInput', { description: 'A scene of one’s own.' })
export class SceneInput {
  @Field(() => String, { description: 'What is spoken.' })
  declare readonly narration: string;

  @Field(() => String, { nullable: true, description: 'What the picture shows; made from the narration if left out.' })
  declare readonly visualPrompt?: string | null;
}

@InputType('CreateVideoInput', {
  description: 'What to make. Exactly one of topic, script, article and scenes has to be given.',
})
export class CreateVideoInput {
  @Field(() => String, { nullable: true, description: 'Taken from the script if left out.' })
  declare readonly title?: string | null;

  @Field(() => String, { nullable: true, description: 'What viewers read below it.' })
  declare readonly description?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about; a text provider writes the script.' })
  declare readonly topic?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The narration word for word; blank lines part the scenes.',
  })
  declare readonly script?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A longer text that is condensed into a script.',
  })
  declare readonly article?: string | null;

  @Field(() => [SceneInput], { nullable: true, description: 'The scenes one by one.' })
  declare readonly scenes?: readonly SceneInput[] | null;

  @Field(() => LanguageTag, { defaultValue: 'en', description: 'Language of the narration.' })
  declare readonly language: string;

  @Field(() => AspectRatio, { defaultValue: AspectRatio.LANDSCAPE_16_9, description: 'Shape of the picture.' })
  declare readonly aspectRatio: AspectRatio;

  @Field(() => Resolution, { defaultValue: Resolution.HD_720, description: 'Size of the picture.' })
  declare readonly resolution: Resolution;

  @Field(() => Int, { nullable: true, description: 'Wanted length; a script given word for word is not shortened.' })
  declare readonly targetDurationSeconds?: number | null;

  @Field(() => VoiceInput, { nullable: true, description: 'Who speaks; the language’s first voice if left out.' })
  declare readonly voice?: VoiceInput | null;

  @Field(() => String, { nullable: true, description: 'E.g. "warm watercolour"; goes into every visual prompt.' })
  declare readonly visualStyle?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether the captions are drawn into the picture.' })
  declare readonly burnInCaptions: boolean;

  @Field(() => MusicInput, { nullable: true, description: 'Music under the voice; none if left out.' })
  declare readonly music?: MusicInput | null;

  @Field(() => [String], { nullable: true, description: 'Words to find it by.' })
  declare readonly tags?: readonly string[] | null;

  @Field(() => [Platform], { nullable: true, description: 'Where it is meant to be published.' })
  declare readonly platforms?: readonly Platform[] | null;

  @Field(() => JobPriority, {
    defaultValue: JobPriority.NORMAL,
    description: 'How soon it begins while others wait too.',
  })
  declare readonly priority: JobPriority;
}
