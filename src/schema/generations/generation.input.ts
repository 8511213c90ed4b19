import { Field, InputType, Int } from 'type-graphql';
import { AspectRatio } from '../../entities/enums.ts';
import { LanguageTag } from '../scalars.ts';
import { VoiceInput } from '../videos/create-video.input.ts';

const MODEL = 'One of the models of Provider.models; by default the first that is set up.';
const PROVIDER = 'Name of the provider to try first; others follow where it fails.';

@InputType('GenerateTextInput', { description: 'A text to write.' })
export class GenerateTextInput {
  @Field(() => String, { description: 'What to write.' })
  declare readonly prompt: string;

  @Field(() => String, { nullable: true, description: MODEL })
  declare readonly model?: string | null;

  @Field(() => String, { nullable: true, description: PROVIDER })
  declare readonly provider?: string | null;

  @Field(() => Int, {
    defaultValue: 2_000,
    description: 'The most tokens of the text, with those that a model spends on reasoning; 1 to 16,000.',
  })
  declare readonly maxTokens: number;
}

@InputType('GenerateImageInput', { description: 'A picture to draw.' })
export class GenerateImageInput {
  @Field(() => String, { description: 'What it shows.' })
  declare readonly prompt: string;

  @Field(() => String, { nullable: true, description: MODEL })
  declare readonly model?: string | null;

  @Field(() => String, { nullable: true, description: PROVIDER })
  declare readonly provider?: string | null;

  @Field(() => AspectRatio, {
    defaultValue: AspectRatio.LANDSCAPE_16_9,
    description: 'Shape of the picture. A service draws the nearest shape that it has.',
  })
  declare readonly aspectRatio: AspectRatio;
}

@InputType('GenerateSpeechInput', { description: 'A text to speak.' })
export class GenerateSpeechInput {
  @Field(() => String, { description: 'What is spoken.' })
  declare readonly text: string;

  @Field(() => LanguageTag, { defaultValue: 'en', description: 'Language of the text.' })
  declare readonly language: string;

  @Field(() => VoiceInput, { nullable: true, description: 'The voice; by default the language’s first voice.' })
  declare readonly voice?: VoiceInput | null;
}
