import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import { ServiceClient } from '../http/service-client.ts';
import type { Answer, Usage } from '../provider.ts';
import { unreadable } from '../voices/service-answers.ts';
import { attribute, markedUp } from '../voices/ssml.ts';
import { locatedWords } from '../voices/timing/located-words.ts';
import { languageTag, speaks, unsupportedLanguage } from '../voices/voice-errors.ts';
import type { HeardWord, ServiceVoice, VoiceRequest, VoiceService, VoiceSound } from '../voices/voice-service.ts';
import type { SpeechMessage } from './azure-messages.ts';
import { synthesized } from './azure-socket.ts';
import { defaultAzureVoice } from './azure-voices.ts';

/** The name on the price list; the voice decides what speaks. */
const DEFAULT_MODEL = 'neural';
/** Parts of an MP3 file can be joined wherever they end. */
const FORMAT = 'audio-24khz-96kbitrate-mono-mp3';
/** A sound has at most ten minutes: this many Chinese characters take nine at half the speed. */
const LONGEST = 1_000;

/** Voices of Azure Speech, with the times of words. */
export function azureVoice(settings: ServiceSettings): VoiceService {
  const { apiKey = '', timeoutMs } = settings;
  const baseUrl = settings.baseUrl ?? `https://${settings.region ?? ''}.tts.speech.microsoft.com`;
  const headers = { 'ocp-apim-subscription-key': apiKey };
  const client = new ServiceClient({ service: 'AZURE_SPEECH', baseUrl, headers, timeoutMs });
  const model = settings.models.SPEECH ?? DEFAULT_MODEL;
  return {
    name: settings.name,
    service: 'AZURE_SPEECH',
    models: [model],
    paid: true,
    priority: settings.priority,
    concurrency: settings.concurrency,
    givesTimes: true,
    maxCharacters: LONGEST,
    speeds: [0.5, 2],
    unsuitable: ({ language, voiceId }) =>
      voiceId === undefined && defaultAzureVoice(language) === undefined
        ? unsupportedLanguage('AZURE_SPEECH', language)
        : undefined,
    mostUsage: usageOf,
    voices: (language, signal) => voicesOf(client, language, signal),
    async call(request, { signal }): Promise<Answer<VoiceSound>> {
      const usage = usageOf(request);
      const messages = await synthesized({
        url: `${baseUrl.replace(/^http/, 'ws')}/cognitiveservices/websocket/v1`,
        key: apiKey,
        ssml: documentOf(request),
        outputFormat: FORMAT,
        timeoutMs,
        signal,
      });
      const audio = new Uint8Array(
        Buffer.concat(messages.flatMap(({ headers: { path }, body }) => (path === 'audio' ? [body] : []))),
      );
      if (audio.length === 0) throw unreadable({ service: 'AZURE_SPEECH', model, usage });
      const words = locatedWords(request.text, messages.flatMap(wordsIn)).parts;
      const sound = { audio, contentType: 'audio/mpeg' };
      return { content: words.length === 0 ? sound : { ...sound, words }, model, usage };
    },
  };
}

/** https://learn.microsoft.com/azure/ai-services/speech-service/speech-synthesis-markup-structure */
function documentOf(request: VoiceRequest): string {
  const { language, voiceId } = request;
  const voice = voiceId ?? defaultAzureVoice(language) ?? '';
  return (
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="${attribute(language)}">` +
    `<voice name="${attribute(voice)}">${contentOf(request)}</voice></speak>`
  );
}

function contentOf({ text, speed }: VoiceRequest): string {
  if (speed === 1) return markedUp('', text, '').document;
  return markedUp(`<prosody rate="${Math.round(speed * 100) / 100}">`, text, '</prosody>').document;
}

/**
 * https://learn.microsoft.com/azure/ai-services/speech-service/text-to-speech#billable-characters: all within the voice's tag, also
 * other tags; Chinese characters are counted twice.
 */
function usageOf(request: VoiceRequest): Usage {
  let characters = 0;
  for (const character of contentOf(request)) characters += /\p{Script=Han}/u.test(character) ? 2 : 1;
  return { characters };
}

const ticks = z.number().nonnegative();
const TICKS_A_SECOND = 10_000_000;
const metadata = z.object({
  Metadata: z.array(
    z.looseObject({
      Type: z.string(),
      Data: z
        .object({ Offset: ticks, Duration: ticks.optional(), text: z.object({ Text: z.string() }) })
        .optional()
        .catch(undefined),
    }),
  ),
});

function wordsIn({ headers, body }: SpeechMessage): readonly HeardWord[] {
  if (headers['path'] !== 'audio.metadata') return [];
  const parsed = metadata.safeParse(jsonIn(body.toString('utf8')));
  if (!parsed.success) return [];
  return parsed.data.Metadata.flatMap(({ Type, Data }) => {
    if (Type !== 'WordBoundary' || Data === undefined) return [];
    const startSeconds = Data.Offset / TICKS_A_SECOND;
    return [{ text: Data.text.Text, startSeconds, endSeconds: startSeconds + (Data.Duration ?? 0) / TICKS_A_SECOND }];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech#get-a-list-of-voices */
const voiceList = z.array(
  z.object({
    ShortName: z.string().min(1),
    DisplayName: z.string(),
    Locale: languageTag,
    SecondaryLocaleList: z.array(languageTag).nullish(),
  }),
);

async function voicesOf(
  client: ServiceClient,
  language: string | undefined,
  signal: AbortSignal,
): Promise<readonly ServiceVoice[]> {
  const list = await client.json({ method: 'GET', path: '/cognitiveservices/voices/list', signal }, voiceList);
  return list.flatMap(({ ShortName, DisplayName, Locale, SecondaryLocaleList }) => {
    const languages = [Locale, ...(SecondaryLocaleList ?? [])].flatMap((tag) => tag ?? []);
    return speaks(languages, language) ? [{ id: ShortName, name: DisplayName, languages, cloned: false }] : [];
  });
}
