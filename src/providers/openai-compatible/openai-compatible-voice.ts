import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { ServiceClient } from '../http/service-client.ts';
import type { Answer, Usage } from '../provider.ts';
import { characterCount, jsonOf, type PaidAnswer, soundIn, soundOf } from '../voices/service-answers.ts';
import { locatedWords } from '../voices/timing/located-words.ts';
import { primaryLanguage, speaks, unknownVoice, unsupportedLanguage } from '../voices/voice-errors.ts';
import type { ServiceVoice, VoiceRequest, VoiceService, VoiceSound } from '../voices/voice-service.ts';

/** By the tag or its language: the first letter of Kokoro's voices names the language that they speak. */
const KOKORO_VOICES: ReadonlyMap<string, string> = new Map([
  ['en-GB', 'bf_emma'],
  ['en', 'af_heart'],
  ['es', 'ef_dora'],
  ['fr', 'ff_siwis'],
  ['hi', 'hf_alpha'],
  ['it', 'if_sara'],
  ['ja', 'jf_alpha'],
  ['pt', 'pf_dora'],
  ['zh', 'zf_xiaobei'],
]);
const KOKORO_LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['a', 'en-US'],
  ['b', 'en-GB'],
  ['e', 'es'],
  ['f', 'fr'],
  ['h', 'hi'],
  ['i', 'it'],
  ['j', 'ja'],
  ['p', 'pt-BR'],
  ['z', 'zh'],
]);
/** The voice that a server with OpenAI's interface has, or replaces by its own. */
const OTHER_VOICE = 'alloy';
/** Servers divide longer texts themselves; a slow one would not answer in time. */
const LONGEST = 4_000;

/** https://github.com/remsky/Kokoro-FastAPI: /dev/captioned_speech. Only English voices have times. */
const captioned = z.object({
  audio: z.string().min(1),
  timestamps: z
    .array(z.object({ word: z.string(), start_time: z.number().nonnegative(), end_time: z.number().nonnegative() }))
    .max(50_000)
    .nullish(),
});
const voiceList = z.object({ voices: z.array(z.union([z.string(), z.object({ id: z.string() })])).max(10_000) });

/**
 * Voices of a server with OpenAI's interface, such as Kokoro-FastAPI or LocalAI; OPENAI_COMPATIBLE_SPEECH_MODEL names the model.
 * With a Kokoro model, times of words where the server gives them.
 */
export function openaiCompatibleVoice(settings: ServiceSettings): VoiceService {
  return new OpenaiCompatibleVoice(settings);
}

/** Whether the server has Kokoro-FastAPI's own way is known after the first request. */
class OpenaiCompatibleVoice implements VoiceService {
  readonly service = 'OPENAI_COMPATIBLE';
  readonly name: string;
  readonly models: readonly string[];
  readonly paid = false;
  readonly priority: number;
  readonly concurrency: number;
  readonly givesTimes: boolean;
  readonly maxCharacters = LONGEST;
  readonly speeds: readonly [number, number];
  readonly #model: string;
  readonly #isKokoro: boolean;
  readonly #client: ServiceClient;
  readonly #captions: ServiceClient;
  #hasCaptions: boolean;

  constructor(settings: ServiceSettings) {
    this.name = settings.name;
    this.priority = settings.priority;
    this.concurrency = settings.concurrency;
    this.models = settings.models.SPEECH === undefined ? [] : [settings.models.SPEECH];
    this.#model = settings.models.SPEECH ?? '';
    this.#isKokoro = /kokoro/i.test(this.#model);
    this.#hasCaptions = this.#isKokoro;
    // Others may ignore the speed.
    this.givesTimes = this.#isKokoro;
    this.speeds = this.#isKokoro ? [0.5, 2] : [1, 1];
    const baseUrl = settings.baseUrl ?? '';
    const common = {
      service: this.service,
      headers: settings.apiKey === undefined ? {} : { authorization: `Bearer ${settings.apiKey}` },
      timeoutMs: settings.timeoutMs,
    } as const;
    this.#client = new ServiceClient({ ...common, baseUrl });
    this.#captions = new ServiceClient({
      ...common,
      baseUrl: baseUrl.replace(/\/v1$/, ''),
      refused: (refusal) => (refusal.status === 404 || refusal.status === 405 ? noCaptions() : refusal),
    });
  }

  unsuitable({ language }: VoiceRequest): AppError | undefined {
    if (this.models.length === 0)
      return new AppError('PROVIDER_UNAVAILABLE', 'Set OPENAI_COMPATIBLE_SPEECH_MODEL to speak with that server.');
    return this.#isKokoro && defaultVoice(language) === undefined
      ? unsupportedLanguage(this.service, language)
      : undefined;
  }

  mostUsage({ text }: VoiceRequest): Usage {
    return { characters: characterCount(text) };
  }

  /** Empty for a server that has no list. */
  async voices(language: string | undefined, signal: AbortSignal): Promise<readonly ServiceVoice[]> {
    const { voices } = await this.#client
      .json({ method: 'GET', path: '/audio/voices', signal }, voiceList)
      .catch((thrown: unknown) => {
        if (thrown instanceof AppError && thrown.code === 'OPENAI_COMPATIBLE_API_ERROR' && !thrown.retriable)
          return { voices: [] };
        throw thrown;
      });
    return voices.flatMap((voice) => {
      const id = typeof voice === 'string' ? voice : voice.id;
      const spoken = this.#isKokoro ? KOKORO_LANGUAGES.get(id.charAt(0)) : undefined;
      const languages = spoken === undefined ? [] : [spoken];
      return speaks(languages, language) ? [{ id, name: id, languages, cloned: false }] : [];
    });
  }

  async call(request: VoiceRequest, { signal }: { readonly signal: AbortSignal }): Promise<Answer<VoiceSound>> {
    const model = this.#model;
    const usage = this.mostUsage(request);
    const paid: PaidAnswer = { service: this.service, model, usage };
    try {
      const sound = this.#hasCaptions ? await this.#captioned(request, paid, signal) : undefined;
      return { content: sound ?? (await this.#plain(request, paid, signal)), model, usage };
    } catch (thrown) {
      throw (await this.#lacksVoice(request, thrown, signal)) ? unknownVoice(this.service) : thrown;
    }
  }

  async #captioned(request: VoiceRequest, paid: PaidAnswer, signal: AbortSignal): Promise<VoiceSound | undefined> {
    const body = { ...this.#body(request), stream: false };
    try {
      const response = await this.#captions.send({ method: 'POST', path: '/dev/captioned_speech', body, signal });
      const { audio, timestamps } = await jsonOf(response, captioned, paid);
      const words = (timestamps ?? []).map(({ word, start_time, end_time }) => ({
        text: word,
        startSeconds: start_time,
        endSeconds: Math.max(start_time, end_time),
      }));
      const sound = { audio: soundIn(audio, paid), contentType: 'audio/wav' };
      return words.length === 0 ? sound : { ...sound, words: locatedWords(request.text, words).parts };
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'PROVIDER_UNAVAILABLE') throw thrown;
      this.#hasCaptions = false;
      return undefined;
    }
  }

  async #plain(request: VoiceRequest, paid: PaidAnswer, signal: AbortSignal): Promise<VoiceSound> {
    const body = this.#body(request);
    return await soundOf(await this.#client.send({ method: 'POST', path: '/audio/speech', body, signal }), paid);
  }

  #body({ text, language, voiceId, speed }: VoiceRequest): object {
    const voice = voiceId ?? (this.#isKokoro ? defaultVoice(language) : undefined) ?? OTHER_VOICE;
    return {
      model: this.#model,
      input: text,
      voice,
      response_format: 'wav',
      ...(speed === 1 ? {} : { speed }),
    };
  }

  /** A refusal does not say that the voice is the reason: the list does. */
  async #lacksVoice({ voiceId }: VoiceRequest, thrown: unknown, signal: AbortSignal): Promise<boolean> {
    const isRefusal = thrown instanceof AppError && thrown.code === 'OPENAI_COMPATIBLE_API_ERROR' && !thrown.retriable;
    if (voiceId === undefined || !isRefusal || signal.aborted) return false;
    const known = await this.voices(undefined, signal).catch(() => []);
    return known.length > 0 && !known.some(({ id }) => id === voiceId);
  }
}

function defaultVoice(language: string): string | undefined {
  return KOKORO_VOICES.get(language) ?? KOKORO_VOICES.get(primaryLanguage(language));
}

function noCaptions(): AppError {
  return new AppError('PROVIDER_UNAVAILABLE', 'The server gives no times of words.');
}
