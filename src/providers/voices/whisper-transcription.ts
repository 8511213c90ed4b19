import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import type { RefusalRules } from '../http/refusals.ts';
import { ServiceClient } from '../http/service-client.ts';
import type { Answer, Usage } from '../provider.ts';
import { jsonOf } from './service-answers.ts';
import { soundForm, soundTooLong } from './sound-upload.ts';
import type { Transcript, TranscriptionProvider } from './transcription.ts';
import { primaryLanguage } from './voice-errors.ts';

export interface WhisperOptions {
  readonly baseUrl: string;
  readonly model: string;
  /** A shorter sound is billed as this long. */
  readonly leastSeconds: number;
  readonly rules: RefusalRules;
}

/** Files of 25 MB, with room for the rest of the form. */
const MOST_BYTES = 24_000_000;
const MOST_WORDS = 50_000;

const time = z.number().nonnegative();
/** https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions: verbose_json */
const verboseTranscript = z.object({
  words: z.array(z.object({ word: z.string(), start: time, end: time })).max(MOST_WORDS),
});

/** Transcripts with the times of words, as the services with Whisper models make them. */
export function whisperTranscription(
  settings: ServiceSettings,
  { baseUrl, model, leastSeconds, rules }: WhisperOptions,
): TranscriptionProvider {
  const { service, name, priority, concurrency, timeoutMs, apiKey } = settings;
  const headers = { authorization: `Bearer ${apiKey ?? ''}` };
  const client = new ServiceClient({ service, baseUrl, headers, timeoutMs, rules });
  const usageOf = (seconds: number): Usage => ({ seconds: Math.max(leastSeconds, Math.ceil(seconds)) });
  return {
    name,
    service,
    models: [model],
    paid: true,
    priority,
    concurrency,
    unsuitable: (request) => soundTooLong(service, request, MOST_BYTES),
    mostUsage: ({ durationSeconds }) => usageOf(durationSeconds),
    async call(request, { signal }): Promise<Answer<Transcript>> {
      const body = soundForm(request, [
        ['model', model],
        ['language', languageCode(request.language)],
        ['response_format', 'verbose_json'],
        ['timestamp_granularities[]', 'word'],
        ['temperature', '0'],
      ]);
      const usage = usageOf(request.durationSeconds);
      const response = await client.send({ method: 'POST', path: '/audio/transcriptions', body, signal });
      const { words } = await jsonOf(response, verboseTranscript, { service, model, usage });
      const heard = words.map(({ word, start, end }) => ({
        text: word,
        startSeconds: start,
        endSeconds: Math.max(start, end),
      }));
      return { content: { words: heard }, model, usage };
    },
  };
}

/** Whisper's code of two letters. */
function languageCode(tag: string): string {
  const primary = primaryLanguage(tag);
  return primary === 'fil' ? 'tl' : primary;
}
