import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import type { Answer, Usage } from '../provider.ts';
import { jsonOf } from '../voices/service-answers.ts';
import { soundForm, soundTooLong } from '../voices/sound-upload.ts';
import type { Transcript, TranscriptionProvider } from '../voices/transcription.ts';
import { primaryLanguage } from '../voices/voice-errors.ts';
import { elevenlabsClient } from './elevenlabs-client.ts';

const DEFAULT_MODEL = 'scribe_v2';
/** The service takes 3 GB: this is more than an hour of any sound that a narration has. */
const MOST_BYTES = 500_000_000;

/** https://elevenlabs.io/docs/api-reference/speech-to-text/convert */
const transcript = z.object({
  words: z
    .array(
      z.object({
        text: z.string(),
        type: z.string(),
        start: z.number().nonnegative().nullish(),
        end: z.number().nonnegative().nullish(),
      }),
    )
    .max(100_000),
});

/** Transcripts of ElevenLabs with the times of words. */
export function elevenlabsTranscription(settings: ServiceSettings): TranscriptionProvider {
  const client = elevenlabsClient(settings);
  const model = settings.models.TRANSCRIPTION ?? DEFAULT_MODEL;
  const usageOf = (seconds: number): Usage => ({ seconds: Math.ceil(seconds) });
  return {
    name: settings.name,
    service: 'ELEVENLABS',
    models: [model],
    paid: true,
    priority: settings.priority,
    concurrency: settings.concurrency,
    unsuitable: (request) => soundTooLong('ELEVENLABS', request, MOST_BYTES),
    mostUsage: ({ durationSeconds }) => usageOf(durationSeconds),
    async call(request, { signal }): Promise<Answer<Transcript>> {
      const body = soundForm(request, [
        ['model_id', model],
        ['language_code', primaryLanguage(request.language)],
        ['timestamps_granularity', 'word'],
        ['tag_audio_events', 'false'],
        ['diarize', 'false'],
      ]);
      const usage = usageOf(request.durationSeconds);
      const response = await client.send({ method: 'POST', path: '/v1/speech-to-text', body, signal });
      const { words } = await jsonOf(response, transcript, { service: 'ELEVENLABS', model, usage });
      const heard = words.flatMap(({ text, type, start, end }) =>
        type !== 'word' || start == null
          ? []
          : [{ text, startSeconds: start, endSeconds: Math.max(start, end ?? start) }],
      );
      return { content: { words: heard }, model, usage };
    },
  };
}
