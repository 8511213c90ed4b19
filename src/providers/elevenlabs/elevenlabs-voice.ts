import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import type { ServiceClient } from '../http/service-client.ts';
import type { Answer, Usage } from '../provider.ts';
import { characterCount, jsonOf, soundIn } from '../voices/service-answers.ts';
import { locatedWords } from '../voices/timing/located-words.ts';
import {
  languageTag,
  previewAddress,
  primaryLanguage,
  speaks,
  unknownVoice,
  unsupportedLanguage,
} from '../voices/voice-errors.ts';
import type { ServiceVoice, TimedPart, VoiceRequest, VoiceService, VoiceSound } from '../voices/voice-service.ts';
import { elevenlabsClient } from './elevenlabs-client.ts';

const DEFAULT_MODEL = 'eleven_multilingual_v2';
/** "George", the voice of the documentation's examples: it speaks all languages of the multilingual models. */
const DEFAULT_VOICE = 'JBFqnCBsd6RMkjVDRZzb';
const FORMAT = 'mp3_44100_128';

/** https://elevenlabs.io/docs/models: languages and longest texts. A model that is not listed is not judged. */
const MULTILINGUAL = 'en ja zh de hi fr ko pt it es id nl tr fil pl sv bg ro ar cs el fi hr ms sk da ta uk ru'.split(
  ' ',
);
interface Model {
  readonly longest: number;
  readonly languages?: readonly string[];
}
const MODELS: ReadonlyMap<string, Model> = new Map<string, Model>([
  ['eleven_multilingual_v2', { longest: 10_000, languages: MULTILINGUAL }],
  ['eleven_flash_v2_5', { longest: 40_000, languages: [...MULTILINGUAL, 'hu', 'no', 'vi'] }],
  ['eleven_turbo_v2_5', { longest: 40_000, languages: [...MULTILINGUAL, 'hu', 'no', 'vi'] }],
  ['eleven_flash_v2', { longest: 30_000, languages: ['en'] }],
  ['eleven_turbo_v2', { longest: 30_000, languages: ['en'] }],
  ['eleven_v3', { longest: 5_000 }],
]);
const OTHER_MODEL: Model = { longest: 5_000 };

const seconds = z.array(z.number().nonnegative()).max(100_000);
/** https://elevenlabs.io/docs/api-reference/text-to-speech/convert-with-timestamps */
const timedSound = z.object({
  audio_base64: z.string().min(1),
  alignment: z
    .object({
      characters: z.array(z.string()).max(100_000),
      character_start_times_seconds: seconds,
      character_end_times_seconds: seconds,
    })
    .nullish(),
});
type Alignment = NonNullable<z.infer<typeof timedSound>['alignment']>;

/** Voices of ElevenLabs, with the times of characters. Any voice of the account can be used by its id. */
export function elevenlabsVoice(settings: ServiceSettings): VoiceService {
  const client = elevenlabsClient(settings);
  const model = settings.models.SPEECH ?? DEFAULT_MODEL;
  const { longest, languages } = MODELS.get(model) ?? OTHER_MODEL;
  const mostUsage = ({ text }: VoiceRequest): Usage => ({ characters: characterCount(text) });
  return {
    name: settings.name,
    service: 'ELEVENLABS',
    models: [model],
    paid: true,
    priority: settings.priority,
    concurrency: settings.concurrency,
    givesTimes: true,
    maxCharacters: longest,
    // https://elevenlabs.io/docs/eleven-api/guides/how-to/text-to-speech/speed: v3 is slowed down by its own tags.
    speeds: model === 'eleven_v3' ? [1, 1] : [0.7, 1.2],
    unsuitable({ language, voiceId }) {
      // An id of another service's voice is no reason for a request.
      if (voiceId !== undefined && !/^[A-Za-z0-9]{16,40}$/.test(voiceId)) return unknownVoice('ELEVENLABS');
      return languages === undefined || languages.includes(primaryLanguage(language))
        ? undefined
        : unsupportedLanguage('ELEVENLABS', language);
    },
    mostUsage,
    voices: (language, signal) => voicesOf(client, language, signal),
    async call(request, { signal }): Promise<Answer<VoiceSound>> {
      const usage = mostUsage(request);
      const paid = { service: 'ELEVENLABS', model, usage } as const;
      const voice = encodeURIComponent(request.voiceId ?? DEFAULT_VOICE);
      const response = await client.send({
        method: 'POST',
        path: `/v1/text-to-speech/${voice}/with-timestamps?output_format=${FORMAT}`,
        body: {
          text: request.text,
          model_id: model,
          // Other models refuse it, and find the language in the text.
          ...(model.endsWith('_v2_5') ? { language_code: primaryLanguage(request.language) } : {}),
          // Without settings, those that are stored with the voice apply.
          ...(request.speed === 1 ? {} : { voice_settings: { speed: request.speed } }),
        },
        signal,
      });
      const { audio_base64, alignment } = await jsonOf(response, timedSound, paid);
      const words = alignment ? partsOf(request.text, alignment) : undefined;
      const content = { audio: soundIn(audio_base64, paid), contentType: 'audio/mpeg' };
      return { content: words === undefined ? content : { ...content, words }, model, usage };
    },
  };
}

function partsOf(text: string, alignment: Alignment): readonly TimedPart[] | undefined {
  const { characters, character_start_times_seconds: starts, character_end_times_seconds: ends } = alignment;
  if (starts.length !== characters.length || ends.length !== characters.length) return undefined;
  let offset = 0;
  const parts = characters.map((character, index) => {
    const start = offset;
    offset += character.length;
    return { character, start, end: offset, startSeconds: starts[index] ?? 0, endSeconds: ends[index] ?? 0 };
  });
  if (characters.join('') === text) return parts;
  // Some models change the text, e.g. white space.
  const heard: { text: string; startSeconds: number; endSeconds: number }[] = [];
  for (const { character, startSeconds, endSeconds } of parts) {
    const last = heard.at(-1);
    if (last === undefined || /\s/.test(character)) heard.push({ text: character, startSeconds, endSeconds });
    else heard[heard.length - 1] = { ...last, text: last.text + character, endSeconds };
  }
  return locatedWords(text, heard).parts;
}

/** https://elevenlabs.io/docs/api-reference/voices/search */
const voicePage = z.object({
  voices: z.array(
    z.object({
      voice_id: z.string().min(1),
      name: z.string(),
      category: z.string().nullish(),
      labels: z.object({ language: languageTag }).nullish().catch(undefined),
      verified_languages: z
        .array(z.object({ language: languageTag, locale: languageTag }))
        .nullish()
        .catch(undefined),
      preview_url: previewAddress,
    }),
  ),
  has_more: z.boolean(),
  next_page_token: z.string().nullish(),
});
const MOST_PAGES = 10;
const CLONED: ReadonlySet<unknown> = new Set(['cloned', 'professional']);

async function voicesOf(
  client: ServiceClient,
  language: string | undefined,
  signal: AbortSignal,
): Promise<readonly ServiceVoice[]> {
  const voices: ServiceVoice[] = [];
  let page = '';
  for (let number = 0; number < MOST_PAGES; number += 1) {
    const path = `/v2/voices?page_size=100${page}`;
    const found = await client.json({ method: 'GET', path, signal }, voicePage);
    for (const { voice_id, name, category, labels, verified_languages, preview_url } of found.voices) {
      const verified = (verified_languages ?? []).flatMap((one) => one.locale ?? one.language ?? []);
      const languages = verified.length > 0 || !labels?.language ? [...new Set(verified)] : [labels.language];
      const preview = preview_url === undefined ? {} : { previewUrl: preview_url };
      voices.push({ id: voice_id, name, languages, cloned: CLONED.has(category), ...preview });
    }
    if (!found.has_more || !found.next_page_token) break;
    page = `&next_page_token=${encodeURIComponent(found.next_page_token)}`;
  }
  return voices.filter((voice) => speaks(voice.languages, language));
}
