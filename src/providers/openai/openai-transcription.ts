import type { ServiceSettings } from '../../service-settings.ts';
import type { TranscriptionProvider } from '../voices/transcription.ts';
import { whisperTranscription } from '../voices/whisper-transcription.ts';
import { OPENAI_RULES } from './openai-voice.ts';

/** Of OpenAI's models only whisper-1 gives the times of words: https://developers.openai.com/api/docs/guides/speech-to-text */
export function openaiTranscription(settings: ServiceSettings): TranscriptionProvider {
  return whisperTranscription(settings, {
    baseUrl: settings.baseUrl ?? 'https://api.openai.com/v1',
    model: settings.models.TRANSCRIPTION ?? 'whisper-1',
    leastSeconds: 1,
    rules: OPENAI_RULES,
  });
}
