import type { Language } from '../../language/language.ts';
import { filmSeconds, finishedSeconds, speakingSeconds } from '../../language/spoken/speaking-rate.ts';

/** Accepted relative deviation from the wanted length: a sentence more or less is no reason to pay for another reply. */
const TOLERANCE = 0.35;
/** Usual length of a scene in seconds, with its pause. */
const SECONDS_A_SCENE = 13;
export const MOST_SCENES = 60;

/** How long a script is to be, in what a model can count. */
export interface WantedLength {
  readonly seconds: number;
  readonly scenes: number;
  /** Words of all narrations together; in a language without spaces, characters. */
  readonly words: number;
  /** UTF-16 units of all narrations together, at most. */
  readonly characters: number;
}

export function wantedLength(seconds: number, language: Language, speed: number): WantedLength {
  const scenes = Math.min(MOST_SCENES, Math.max(1, Math.round(seconds / SECONDS_A_SCENE)));
  // Pauses between scenes take no words, but a few words there must be.
  const spoken = Math.max(seconds / 2, seconds - filmSeconds(0, scenes));
  const sample = sampleIn(language);
  const words = Math.max(5, Math.round((spoken * sample.words) / speakingSeconds(sample.text, language, speed)));
  const characters = Math.ceil((1 + TOLERANCE) * words * (sample.text.length / sample.words));
  return { seconds, scenes, words, characters };
}

/** What is wrong with the length of these narrations; undefined where it is near enough. */
export function lengthFault(
  narrations: readonly string[],
  { seconds }: WantedLength,
  language: Language,
  speed: number,
): string | undefined {
  const actual = finishedSeconds(narrations, language, speed);
  if (Math.abs(actual - seconds) <= TOLERANCE * seconds) return undefined;
  const change = Math.round(100 * Math.abs(seconds / actual - 1));
  const direction = actual > seconds ? `shorten it by ${change} %` : `make it ${change} % longer`;
  return `Read aloud, the narration takes about ${Math.round(actual)} seconds, and it has to take about ${Math.round(seconds)}: ${direction}.`;
}

/** A sentence of usual length and its number of words, for the speaking rate of a language. */
function sampleIn({ base, spaced }: Language): { readonly text: string; readonly words: number } {
  if (spaced) return { text: `${'aaaaa '.repeat(7)}aaaaa, ${'aaaaa '.repeat(7)}aaaaa. `.repeat(10), words: 160 };
  const character = ['zh', 'yue', 'ja'].includes(base) ? '字' : 'ก';
  return { text: `${character.repeat(11)}，${character.repeat(11)}。`.repeat(10), words: 240 };
}
