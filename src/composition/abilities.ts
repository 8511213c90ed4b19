import { promptWarning, styleWarning } from '../providers/local/cards/look/look-warnings.ts';
import { earlyScript } from '../providers/local/script/early-script.ts';
import type { Providers, SpeechProvider, Voice } from '../providers/ports.ts';
import type { ProviderAbilities } from '../services/videos/create-video-validation.ts';

/** What the providers of this installation can do with a video's input. */
export function abilitiesOf({ text, speech, image }: Providers, musicMoods: readonly string[]): ProviderAbilities {
  const speaking = (provider?: string) => speech.filter(({ name }) => provider === undefined || name === provider);
  const topic = { source: { kind: 'topic', text: '' }, language: 'en', speed: 1 } as const;
  return {
    speaks: (language) => speech.some((provider) => provider.voices(language).length > 0),
    languages: () => languagesOf(speech),
    writesTopics: text.some((provider) => provider.unsuitable(topic) === undefined),
    hasVoice: (language, voiceId, provider) =>
      speaking(provider).some((one) => one.voices(language).some(({ id }) => voiceId === undefined || id === voiceId)),
    providerNames: (capability) => ({ text, speech, image })[capability].map(({ name }) => name),
    musicMoods,
    earlyScript,
    // Only the built-in pictures are limited to the words that they know.
    ...(image.every(({ name }) => name === 'local')
      ? { pictureWarnings: { ofStyle: styleWarning, ofPrompt: promptWarning } }
      : {}),
  };
}

/** Primary subtags, each once, in the order of the voices. The first language of a voice is its own. */
function languagesOf(speech: readonly SpeechProvider[]): string[] {
  const voices: readonly Voice[] = speech.flatMap((provider) => provider.voices());
  return [
    ...new Set(voices.flatMap(({ languages }) => languages.slice(0, 1).map((tag) => new Intl.Locale(tag).language))),
  ];
}
