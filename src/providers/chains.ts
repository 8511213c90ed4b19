import { Chain, type ChainParts } from './chain.ts';
import type {
  Analysis,
  AnalysisRequest,
  ImageRequest,
  Picture,
  PresenterRequest,
  PresenterVideo,
  Providers,
  Script,
  ScriptRequest,
  Speech,
  SpeechRequest,
} from './ports.ts';

/** The chains of one run: the pipeline's only way to a provider. */
export interface ProviderChains {
  readonly text: Chain<ScriptRequest, Script>;
  readonly speech: Chain<SpeechRequest, Speech>;
  readonly image: Chain<ImageRequest, Picture>;
  readonly analysis: Chain<AnalysisRequest, Analysis>;
  readonly avatar: Chain<PresenterRequest, PresenterVideo>;
}

/** The longest part of a request that its record shows, in UTF-16 units. */
const MOST_SHOWN = 2_000;

/** Who is tried first for a video, by name; only `voice` may speak, and only `avatar` present. */
export interface ProviderPreference {
  readonly text?: string;
  readonly image?: string;
  readonly speech?: string;
  readonly voice?: string;
  readonly avatar?: string;
}

export function providerChains(
  { text, speech, image, analysis, avatar = [] }: Providers,
  parts: ChainParts,
  preferred: ProviderPreference = {},
): ProviderChains {
  const speaking = preferred.voice === undefined ? speech : speech.filter(({ name }) => name === preferred.voice);
  return {
    text: new Chain(firstOf(text, preferred.text), parts, ({ source, language, targetDurationSeconds }) => ({
      stage: 'SCRIPT',
      type: 'TEXT',
      prompt: shown(
        source.kind === 'scenes' ? source.scenes.map(({ narration }) => narration).join('\n\n') : source.text,
      ),
      parameters: {
        source: source.kind,
        language,
        ...(targetDurationSeconds === undefined ? {} : { targetDurationSeconds }),
      },
    })),
    speech: new Chain(firstOf(speaking, preferred.speech), parts, ({ text: narration, language, voiceId, speed }) => ({
      stage: 'SPEECH',
      type: 'AUDIO',
      prompt: shown(narration),
      parameters: { language, speed, ...(voiceId === undefined ? {} : { voiceId }) },
    })),
    image: new Chain(firstOf(image, preferred.image), parts, ({ prompt, width, height, visualStyle }) => ({
      stage: 'VISUALS',
      type: 'IMAGE',
      prompt: shown(prompt),
      parameters: { width, height, ...(visualStyle === undefined ? {} : { visualStyle }) },
    })),
    analysis: new Chain(analysis, parts, ({ title, language, scenes }) => ({
      stage: 'ANALYSIS',
      type: 'TEXT',
      prompt: shown(title),
      parameters: { language, scenes: scenes.length },
    })),
    avatar: new Chain(
      avatar.filter(({ name }) => preferred.avatar === undefined || name === preferred.avatar),
      parts,
      ({ narration, seconds, imageUrl }) => ({
        stage: 'VISUALS',
        type: 'VIDEO',
        prompt: shown(narration),
        parameters: { seconds, ...(imageUrl === undefined ? {} : { imageUrl }) },
      }),
    ),
  };
}

export function firstOf<Named extends { readonly name: string }>(
  providers: readonly Named[],
  name: string | undefined,
): Named[] {
  return [...providers.filter((one) => one.name === name), ...providers.filter((one) => one.name !== name)];
}

/** Ends before a half of a surrogate pair. */
function shown(text: string): string {
  return text.slice(0, MOST_SHOWN).toWellFormed();
}
