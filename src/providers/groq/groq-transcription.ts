import type { ServiceSettings } from '../../service-settings.ts';
import type { TranscriptionProvider } from '../voices/transcription.ts';
import { whisperTranscription } from '../voices/whisper-transcription.ts';

/** https://console.groq.com/docs/speech-to-text: also sounds of less than ten seconds are billed as ten. */
export function groqTranscription(settings: ServiceSettings): TranscriptionProvider {
  return whisperTranscription(settings, {
    baseUrl: settings.baseUrl ?? 'https://api.groq.com/openai/v1',
    model: settings.models.TRANSCRIPTION ?? 'whisper-large-v3-turbo',
    leastSeconds: 10,
    // https://console.groq.com/docs/errors; a spending limit is described at /docs/spend-limits.
    rules: { invalidKey: ['invalid_api_key'], quotaExceeded: ['blocked_api_access'] },
  });
}
