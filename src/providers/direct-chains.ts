import { Chain, type ChainParts, type RequestFacts } from './chain.ts';
import { firstOf } from './chains.ts';
import type { ImageRequest, Picture, Providers, Speech, SpeechRequest, TextRequest } from './ports.ts';

/** The chains for contents that belong to no video. Their records are made before their jobs. */
export interface DirectChains {
  readonly text: Chain<TextRequest, string>;
  readonly image: Chain<ImageRequest, Picture>;
  readonly speech: Chain<SpeechRequest, Speech>;
}

export interface DirectPreference {
  /** Who is tried first. */
  readonly provider?: string | undefined;
  /** Only providers that have it draw. A text provider decides itself. */
  readonly model?: string | undefined;
}

/** A speech provider that is named speaks alone. */
export function directChains(
  { plainText = [], image, speech }: Providers,
  parts: ChainParts,
  { provider, model }: DirectPreference = {},
): DirectChains {
  const drawing = model === undefined ? image : image.filter(({ models }) => models.includes(model));
  const speaking = provider === undefined ? speech : speech.filter(({ name }) => name === provider);
  const recorded = (type: RequestFacts['type']) => (): RequestFacts => ({
    stage: null,
    type,
    prompt: '',
    parameters: {},
  });
  return {
    text: new Chain(firstOf(plainText, provider), parts, recorded('TEXT')),
    image: new Chain(firstOf(drawing, provider), parts, recorded('IMAGE')),
    speech: new Chain(speaking, parts, recorded('AUDIO')),
  };
}
