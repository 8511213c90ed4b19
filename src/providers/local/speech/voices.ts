import { AppError } from '../../../errors.ts';
import type { Voice } from '../../ports.ts';
import { type BuiltInVoice, primaryOf } from './built-in-voice.ts';
import { espeakVoices } from './espeak/espeak-voices.ts';
import { fliteVoices } from './flite/flite-voices.ts';

/** Every voice that needs no set-up, in order of preference. */
export const builtInVoices: readonly BuiltInVoice[] = [...fliteVoices, ...espeakVoices];

/** Voices for a BCP 47 tag: those of that very region first, then the others of the language. */
export function voicesFor(voices: readonly BuiltInVoice[], language: string): readonly BuiltInVoice[] {
  const wanted = language.toLowerCase();
  const primary = primaryOf(wanted);
  const spoken = voices.filter((voice) => voice.primary === primary);
  const exact = spoken.filter((voice) => voice.languages.some((tag) => tag.toLowerCase() === wanted));
  return [...exact, ...spoken.filter((voice) => !exact.includes(voice))];
}

/** Selects the voice. Throws UNSUPPORTED_LANGUAGE or UNKNOWN_VOICE. */
export function chooseVoice(
  voices: readonly BuiltInVoice[],
  language: string,
  voiceId: string | undefined,
): BuiltInVoice {
  const candidates = voicesFor(voices, language);
  const first = candidates[0];
  if (first === undefined) throw unsupported(voices, language);
  if (voiceId === undefined) return first;
  const chosen = candidates.find((voice) => voice.id === voiceId);
  if (chosen === undefined) throw unknownVoice(language, voiceId, candidates);
  return chosen;
}

function unsupported(voices: readonly BuiltInVoice[], language: string): AppError {
  const known = [...new Set(voices.map((voice) => voice.primary))].join(', ');
  return new AppError(
    'UNSUPPORTED_LANGUAGE',
    `The built-in voice cannot read "${language}" aloud. It reads ${known}. Choose one of these, or set up another speech provider.`,
  );
}

function unknownVoice(language: string, voiceId: string, candidates: readonly Voice[]): AppError {
  const ids = candidates.map((voice) => voice.id).join(', ');
  return new AppError(
    'UNKNOWN_VOICE',
    `There is no voice "${voiceId}" for "${language}". Its voices are ${ids}; the query voices(language: "${language}") lists them.`,
  );
}
