import { isPublicLink } from '../providers/http/download.ts';
import { promptWarning, styleWarning } from '../providers/local/cards/look/look-warnings.ts';
import { earlyScript } from '../providers/local/script/early-script.ts';
import type { Providers } from '../providers/ports.ts';
import type { ContentAbilities } from '../services/generations/content-input.ts';
import type { ProviderAbilities } from '../services/videos/create-video-validation.ts';

export interface AbilityParts {
  readonly contentProviders: Providers;
  /** Languages that a built-in voice reads, by their primary subtags. */
  readonly languages: readonly string[];
  readonly musicMoods: readonly string[];
}

/** The same for contents without a video. */
export function contentAbilitiesOf(
  { plainText = [], image }: Providers,
  { speaks, languages, hasVoice }: Pick<ProviderAbilities, 'speaks' | 'languages' | 'hasVoice'>,
): ContentAbilities {
  const textProviders = plainText.map((one) => ({
    name: one.name,
    models: one.models,
    takes: (model: string) => one.unsuitable({ prompt: '', maxTokens: 1, model }) === undefined,
  }));
  const imageProviders = image.map(({ name, models }) => ({
    name,
    models,
    takes: (model: string) => models.includes(model),
  }));
  return { textProviders, imageProviders, speaks, languages, hasVoice };
}

/** What the providers of this installation can do with a video's input. */
export function abilitiesOf({ contentProviders, languages, musicMoods }: AbilityParts): ProviderAbilities {
  const { text, speech, image, avatar = [] } = contentProviders;
  const hasVoice: ProviderAbilities['hasVoice'] = (language, voiceId, provider) => {
    const request = { text: '', language, speed: 1, ...(voiceId === undefined ? {} : { voiceId }) };
    const candidates = speech.filter(({ name }) => provider === undefined || name === provider);
    return candidates.some((one) => one.unsuitable(request) === undefined);
  };
  const topic = { source: { kind: 'topic', text: '' }, language: 'en', speed: 1 } as const;
  return {
    speaks: (language) => hasVoice(language, undefined, undefined),
    languages: () => languages,
    writesTopics: text.some((provider) => provider.unsuitable(topic) === undefined),
    hasVoice,
    providerNames: (capability) => ({ text, speech, image })[capability].map(({ name }) => name),
    musicMoods,
    presenters: { names: avatar.map(({ name }) => name), isPublicLink },
    earlyScript,
    // Only the built-in pictures are limited to the words that they know.
    ...(image.every(({ name }) => name === 'local')
      ? { pictureWarnings: { ofStyle: styleWarning, ofPrompt: promptWarning } }
      : {}),
  };
}
