import { AppError, type ExternalService } from '../../errors.ts';
import { SERVICE_NAMES } from '../http/refusals.ts';
import type { TranscriptionRequest } from './transcription.ts';

/** Fields of a form, and the sound as its file. */
export function soundForm({ wav }: TranscriptionRequest, fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  // A name with an ending: services find the form of the sound by it.
  form.append('file', new Blob([new Uint8Array(wav)], { type: 'audio/wav' }), 'speech.wav');
  return form;
}

export function soundTooLong(
  service: ExternalService,
  { wav }: TranscriptionRequest,
  mostBytes: number,
): AppError | undefined {
  if (wav.byteLength <= mostBytes) return undefined;
  return new AppError(`${service}_API_ERROR`, `${SERVICE_NAMES[service]} takes no sound of ${wav.byteLength} bytes.`);
}
