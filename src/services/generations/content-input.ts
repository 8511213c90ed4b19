import type { ContentOrder } from '../../entities/ai-generation.ts';
import type { AspectRatio } from '../../entities/enums.ts';
import { isPlainName } from '../../unicode.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { checkVoice, FaultCollector, LIMITS, NO_TEXT_PROVIDER } from '../videos/create-video-validation.ts';
import { checkSpeakable, type LanguageFinder, noVoice } from '../videos/spoken-language.ts';

type Maybe<T> = T | null | undefined;

export interface TextInput {
  readonly prompt: string;
  readonly model?: Maybe<string>;
  readonly provider?: Maybe<string>;
  readonly maxTokens: number;
}

export interface ImageInput {
  readonly prompt: string;
  readonly model?: Maybe<string>;
  readonly provider?: Maybe<string>;
  readonly aspectRatio: AspectRatio;
}

export interface SpeechInput {
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  readonly voice?: Maybe<{
    readonly provider?: Maybe<string>;
    readonly voiceId?: Maybe<string>;
    readonly speed: number;
  }>;
}

/** A provider of texts or pictures, as far as an input can be invalid because of it. */
export interface KnownProvider {
  readonly name: string;
  readonly models: readonly string[];
  /** Whether it has the model; one on the operator's own server may have any. */
  takes(model: string): boolean;
}

export interface ContentAbilities {
  /** In the order in which they are tried. */
  readonly textProviders: readonly KnownProvider[];
  readonly imageProviders: readonly KnownProvider[];
  speaks(language: string): boolean;
  /** Primary subtags of the languages that have a voice. */
  languages(): readonly string[];
  /** Of any provider, or any voice of a provider, where one of the two is undefined. */
  hasVoice(language: string, voiceId: string | undefined, provider: string | undefined): boolean;
}

/** Characters are Unicode code points of the text as it is kept. */
export const CONTENT_LIMITS = {
  textPrompt: 20_000,
  imagePrompt: 4_000,
  speech: 5_000,
  model: 200,
  maxTokens: { least: 1, most: 16_000 },
} as const;

/** What an input orders, and what is shown of it. Each throws UserFaultError with all faults at once. */
export function textOrder(input: TextInput, { textProviders }: ContentAbilities): ContentOrder {
  const faults = new FaultCollector();
  const prompt = checkText(input.prompt, CONTENT_LIMITS.textPrompt, 'prompt', faults);
  faults.range(input.maxTokens, CONTENT_LIMITS.maxTokens, 'maxTokens');
  if (textProviders.length === 0) faults.add('PROVIDER_UNAVAILABLE', NO_TEXT_PROVIDER, 'prompt');
  else checkChoice(input, textProviders, faults);
  throwFaults(faults.found);
  return { type: 'TEXT', prompt, maxTokens: input.maxTokens, ...choiceOf(input) };
}

export function imageOrder(
  input: ImageInput,
  { imageProviders, speaks }: ContentAbilities,
  finder: LanguageFinder,
): ContentOrder {
  const faults = new FaultCollector();
  const prompt = checkText(input.prompt, CONTENT_LIMITS.imagePrompt, 'prompt', faults);
  checkChoice(input, imageProviders, faults);
  throwFaults(faults.found);
  // The built-in pictures show what the words of a prompt mean.
  const language = finder.languageOf(prompt, speaks);
  return { type: 'IMAGE', prompt, language, aspectRatio: input.aspectRatio, ...choiceOf(input) };
}

export function speechOrder({ text: given, language, voice }: SpeechInput, abilities: ContentAbilities): ContentOrder {
  const faults = new FaultCollector();
  const text = checkText(given, CONTENT_LIMITS.speech, 'text', faults);
  faults.range(voice?.speed, LIMITS.speed, 'voice', 'speed');
  if (!abilities.speaks(language)) {
    faults.add('UNSUPPORTED', noVoice(language, true, abilities.languages()), 'language');
  } else {
    const atText = (code: UserFault['code'], message: string) => faults.add(code, message, 'text');
    checkSpeakable({ article: given, language }, { add: atText, cleaned: (one) => faults.cleaned(one) });
    checkVoice(voice, language, abilities, faults);
  }
  throwFaults(faults.found);
  return {
    type: 'AUDIO',
    text,
    language,
    speed: voice?.speed ?? 1,
    ...(voice?.voiceId == null ? {} : { voiceId: voice.voiceId }),
    ...(voice?.provider == null ? {} : { provider: voice.provider }),
  };
}

/** The text as it is kept. */
function checkText(text: string, most: number, field: string, faults: FaultCollector): string {
  faults.present(text, field);
  faults.length(text, most, field);
  return faults.cleaned(text);
}

interface Choice {
  readonly model?: Maybe<string>;
  readonly provider?: Maybe<string>;
}

function checkChoice({ model, provider }: Choice, known: readonly KnownProvider[], faults: FaultCollector): void {
  const chosen = provider == null ? known : known.filter(({ name }) => name === provider);
  if (chosen.length === 0) {
    const names = known.map(({ name }) => name).join(', ');
    const message = `There is no provider of this name that is set up here; there is ${names}.`;
    faults.add('NOT_FOUND', message, 'provider');
    return;
  }
  faults.present(model, 'model');
  faults.length(model, CONTENT_LIMITS.model, 'model');
  if (model == null || (isPlainName(model) && chosen.some((one) => one.takes(model)))) return;
  const models = [...new Set(chosen.flatMap((one) => one.models))].join(', ');
  faults.add('NOT_FOUND', `There is no such model here; there is ${models}.`, 'model');
}

function choiceOf({ model, provider }: Choice): { readonly model?: string; readonly provider?: string } {
  return { ...(model == null ? {} : { model }), ...(provider == null ? {} : { provider }) };
}

function throwFaults(faults: readonly UserFault[]): void {
  if (faults.length > 0) throw new UserFaultError(...faults);
}
