import { AppError, type ProviderService } from '../errors.ts';
import type { GenerationRequest } from './ledger.ts';
import type { ImageRequest, Providers, ScriptRequest, SpeechProvider } from './ports.ts';
import type { ContentProvider } from './provider.ts';
import { type CallParts, ProviderCalls } from './provider-calls.ts';

/** One small request that shows whether a provider works: its connection, its key, and what it makes. */
export interface Trial {
  readonly service: ProviderService;
  /** What the ledger shows of it. */
  readonly request: Pick<GenerationRequest, 'type' | 'prompt' | 'parameters'>;
  /** What was made, in words; or the provider's error. Throws errors of the ledger and, while it waits, the signal's reason. */
  call(parts: CallParts, generationId: string, signal: AbortSignal): Promise<string | AppError>;
}

const MOST_TOKENS = 50;
const PICTURE_PIXELS = 512;
const SCRIPT_SECONDS = 5;
/** The longest text that is shown, in UTF-16 units. */
const MOST_SHOWN = 2_000;

const PROMPTS = {
  TEXT: 'Write one short sentence about bees.',
  AUDIO: 'This is a test of the voice.',
  IMAGE: 'A red apple on a white table.',
} as const;

/** The cheapest trial of the provider: a text, otherwise speech, otherwise a picture. Undefined where it makes none of them. */
export function trialOf(providers: Providers, name: string, prompt?: string): Trial | undefined {
  const named = <One extends { readonly name: string }>(list: readonly One[] = []) =>
    list.find((one) => one.name === name);
  const writer = named(providers.plainText);
  if (writer) return textTrial(writer, prompt);
  const scripter = named(providers.text);
  if (scripter) return scriptTrial(scripter, prompt);
  const speaker = named(providers.speech);
  if (speaker) return speechTrial(speaker, prompt);
  const painter = named(providers.image);
  return painter && pictureTrial(painter, prompt);
}

function textTrial(provider: NonNullable<Providers['plainText']>[number], prompt: string = PROMPTS.TEXT): Trial {
  const request = { prompt, maxTokens: MOST_TOKENS };
  return trial(provider, request, { type: 'TEXT', prompt, parameters: { maxTokens: MOST_TOKENS } }, (text) => text);
}

/** A provider that writes scripts only: the shortest one. The built-in one writes none, and divides the text. */
function scriptTrial(provider: Providers['text'][number], prompt: string = PROMPTS.TEXT): Trial {
  const given = { language: 'en', targetDurationSeconds: SCRIPT_SECONDS, speed: 1 };
  const topic: ScriptRequest = { ...given, source: { kind: 'topic', text: prompt } };
  const script: ScriptRequest = { ...given, source: { kind: 'script', text: prompt } };
  const request = provider.unsuitable(topic) === undefined ? topic : script;
  const parameters = { source: request.source.kind };
  return trial(provider, request, { type: 'TEXT', prompt, parameters }, ({ scenes }) => scenes[0]?.narration ?? '');
}

function speechTrial(provider: SpeechProvider, prompt: string = PROMPTS.AUDIO): Trial {
  // Every service has a voice for English.
  const language = 'en';
  const request = { text: prompt, language, speed: 1 };
  const replyOf = ({ durationSeconds }: { readonly durationSeconds: number }) =>
    `a recording of ${durationSeconds.toFixed(1)} s`;
  return trial(provider, request, { type: 'AUDIO', prompt, parameters: { language } }, replyOf);
}

function pictureTrial(provider: Providers['image'][number], prompt: string = PROMPTS.IMAGE): Trial {
  const size = { width: PICTURE_PIXELS, height: PICTURE_PIXELS };
  const request: ImageRequest = {
    ...size,
    prompt,
    narration: prompt,
    title: prompt,
    language: 'en',
    index: 0,
    count: 1,
    seed: 'trial',
    captionSafeHeight: 0,
  };
  const replyOf = ({ width, height }: { readonly width: number; readonly height: number }) =>
    `a picture of ${width} × ${height}`;
  return trial(provider, request, { type: 'IMAGE', prompt, parameters: size }, replyOf);
}

function trial<Request extends object, Content>(
  provider: ContentProvider<Request, Content>,
  request: Request,
  recorded: Trial['request'],
  replyOf: (content: Content) => string,
): Trial {
  const store = async (content: Content) => ({ text: replyOf(content).slice(0, MOST_SHOWN).toWellFormed() });
  return {
    service: provider.service,
    request: recorded,
    async call(parts, generationId, signal) {
      const unsuitable = provider.unsuitable(request);
      if (unsuitable !== undefined) return unsuitable;
      const calls = new ProviderCalls<Request, Content>(parts);
      const outcome = await calls.callOnce(provider, request, {
        generationId,
        facts: recorded,
        started: undefined,
        signal,
        store,
      });
      return outcome instanceof AppError ? outcome : outcome.text;
    },
  };
}
