import { Field, Float, InputType, Int } from 'type-graphql';
import { AspectRatio, CaptionStyle, JobPriority, Platform, PresenterLayout, Resolution } from '../../entities/enums.ts';
import { Decimal, LanguageTag, URL } from '../scalars.ts';

@InputType('MusicInput', { description: 'Music under the voice.' })
export class MusicInput {
  @Field(() => String, {
    nullable: true,
    description: 'calm, bright, serious, energetic, dramatic, or one of the installation’s own; calm by default.',
  })
  declare readonly mood?: string | null;

  @Field(() => Float, {
    defaultValue: 0.15,
    description:
      '0 is silent. At 0.15 the music is 18 LU below the voice, and 10 LU below it in pauses; twice as much is 6 LU more.',
  })
  declare readonly volume: number;
}

@InputType('ProviderPreferenceInput', {
  description: 'The providers to try first, by their names in providers; others follow where they fail.',
})
export class ProviderPreferenceInput {
  @Field(() => String, { nullable: true, description: 'Writes the script.' })
  declare readonly text?: string | null;

  @Field(() => String, { nullable: true, description: 'Draws the pictures.' })
  declare readonly image?: string | null;

  @Field(() => String, { nullable: true, description: 'Speaks the narration.' })
  declare readonly speech?: string | null;
}

@InputType('PresenterInput', { description: 'A talking presenter in the picture, who speaks with the video’s voice.' })
export class PresenterInput {
  @Field(() => String, { nullable: true, description: 'Name of an avatar provider; by default the first there is.' })
  declare readonly provider?: string | null;

  @Field(() => URL, {
    nullable: true,
    description:
      'A picture of a face at a public https address, which the provider opens; the provider’s own presenter by default.',
  })
  declare readonly imageUrl?: string | null;

  @Field(() => PresenterLayout, {
    defaultValue: PresenterLayout.CORNER,
    description: 'Whether the presenter is in a corner of the pictures, or in place of them.',
  })
  declare readonly layout: PresenterLayout;
}

@InputType('VoiceInput', { description: 'The voice and its speed.' })
export class VoiceInput {
  @Field(() => String, {
    nullable: true,
    description: 'Name of a speech provider. No other speaks instead of it: where it fails, the video fails.',
  })
  declare readonly provider?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Id of one of voices, which is not replaced by another; by default the language’s first.',
  })
  declare readonly voiceId?: string | null;

  @Field(() => Float, { defaultValue: 1, description: 'Speed; 1 is the usual one.' })
  declare readonly speed: number;
}

@InputType('SceneInput', { description: 'A scene given by the user.' })
export class SceneInput {
  @Field(() => String, { description: 'The narration.' })
  declare readonly narration: string;

  @Field(() => String, { nullable: true, description: 'What the picture shows; by default made from the narration.' })
  declare readonly visualPrompt?: string | null;
}

@InputType('CreateVideoInput', {
  description: 'The video to make. Exactly one of topic, script, article and scenes is required.',
})
export class CreateVideoInput {
  @Field(() => String, { nullable: true, description: 'Taken from the script if left out.' })
  declare readonly title?: string | null;

  @Field(() => String, { nullable: true, description: 'The description that viewers read.' })
  declare readonly description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is about; a text provider writes the script. PROVIDER_UNAVAILABLE where none is set up.',
  })
  declare readonly topic?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The narration word for word; blank lines separate the scenes.',
  })
  declare readonly script?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A longer text that is condensed into a script.',
  })
  declare readonly article?: string | null;

  @Field(() => [SceneInput], { nullable: true, description: 'The scenes one by one.' })
  declare readonly scenes?: readonly SceneInput[] | null;

  @Field(() => LanguageTag, {
    nullable: true,
    description:
      'Language of the narration. Found from the text where left out; a topic’s or a mixed text’s likeliest language.',
  })
  declare readonly language?: string | null;

  @Field(() => AspectRatio, { defaultValue: AspectRatio.LANDSCAPE_16_9, description: 'Shape of the picture.' })
  declare readonly aspectRatio: AspectRatio;

  @Field(() => Resolution, { defaultValue: Resolution.HD_720, description: 'Size of the picture.' })
  declare readonly resolution: Resolution;

  @Field(() => Int, { nullable: true, description: 'Target length; a script given word for word is not shortened.' })
  declare readonly targetDurationSeconds?: number | null;

  @Field(() => VoiceInput, { nullable: true, description: 'The voice; by default the language’s first voice.' })
  declare readonly voice?: VoiceInput | null;

  @Field(() => String, { nullable: true, description: 'E.g. "warm watercolour"; added to every visual prompt.' })
  declare readonly visualStyle?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether the captions are drawn into the picture.' })
  declare readonly burnInCaptions: boolean;

  @Field(() => CaptionStyle, {
    nullable: true,
    description: 'How captions in the picture look; by default WORD_HIGHLIGHT in portrait, else BLOCK.',
  })
  declare readonly captionStyle?: CaptionStyle | null;

  @Field(() => MusicInput, { nullable: true, description: 'Music under the voice; none by default.' })
  declare readonly music?: MusicInput | null;

  @Field(() => [String], { nullable: true, description: 'Tags to find it by.' })
  declare readonly tags?: readonly string[] | null;

  @Field(() => [Platform], { nullable: true, description: 'The platforms for which it is intended.' })
  declare readonly platforms?: readonly Platform[] | null;

  @Field(() => JobPriority, {
    defaultValue: JobPriority.NORMAL,
    description: 'Its priority among waiting videos. URGENT needs the plan PREMIUM, or is UNSUPPORTED.',
  })
  declare readonly priority: JobPriority;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'The most that the whole video may cost, in US dollars: it stops with BUDGET_EXCEEDED before the call that could exceed it.',
  })
  declare readonly maxCost?: string | null;

  @Field(() => ProviderPreferenceInput, { nullable: true, description: 'The providers to try first.' })
  declare readonly providers?: ProviderPreferenceInput | null;

  @Field(() => PresenterInput, {
    nullable: true,
    description:
      'A talking presenter by an avatar provider; none where left out. Where it fails, the video is made without, and stages say so.',
  })
  declare readonly presenter?: PresenterInput | null;
}
