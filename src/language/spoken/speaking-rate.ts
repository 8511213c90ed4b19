import type { Language } from '../language.ts';
import { trimEnd } from '../trim.ts';

/** Speaking rate of the built-in voice for a language at speed 1. */
interface SpeakingRate {
  /** Seconds for one letter; in Chinese and Japanese for one character. */
  readonly letter: number;
  /** Seconds of silence at a comma, colon or dash inside a text, and between two sentences. */
  readonly clause: number;
  readonly sentence: number;
}

/**
 * English: fitted by least squares to the default voice (Flite's rms) on 16 texts of one and four sentences, all within 16 %, and
 * those of four within 6 %. The others were fitted to espeak-ng at a rate of 162 on 12 to 30 paragraphs of each language, and
 * their letters adapted to its present rates with a paragraph of each (bench/media/voices/languages.ts). Fit them again when
 * the voice's rate changes.
 */
const RATES: Readonly<Record<string, SpeakingRate>> = {
  en: { letter: 0.083, clause: 0.4, sentence: 0.22 },
  de: { letter: 0.071, clause: 0.35, sentence: 0.38 },
  fr: { letter: 0.08, clause: 0.12, sentence: 0.28 },
  es: { letter: 0.08, clause: 0.23, sentence: 0.4 },
  pt: { letter: 0.0763, clause: 0.27, sentence: 0.39 },
  it: { letter: 0.0774, clause: 0.27, sentence: 0.35 },
  nl: { letter: 0.075, clause: 0.42, sentence: 0.42 },
  zh: { letter: 0.277, clause: 0.26, sentence: 0.45 },
};
/** Languages without a measurement. */
const OTHER: SpeakingRate = { letter: 0.068, clause: 0.3, sentence: 0.38 };

/** A spoken digit is about as long as this many letters ("1687" is "sixteen eighty seven"). */
const LETTERS_A_DIGIT = 4.5;
/** A Latin letter inside Chinese, as a fraction of a Chinese character. */
const LATIN_IN_CHINESE = 0.28;

/** Silence around each narration and overlap of neighbours in the finished film, in seconds. */
export const PAUSE_A_SCENE = 1;
export const FADE_BETWEEN_SCENES = 0.4;

/** Approximate time in seconds of the built-in voice for a text at a speaking rate of `speed` (1 is normal). */
export function speakingSeconds(text: string, language: Language, speed: number): number {
  const rate = RATES[language.base] ?? OTHER;
  const spoken = trimEnd(text.trim(), /[\p{P}\s]/u);
  const sentences = count(spoken, /[.!?](?=["'”’»)]*\s)|[。！？…；]+/gu);
  const clauses = count(spoken, /[,:;](?=\s)|[，：、—–]|\s-\s/gu);
  return (units(spoken, language) * rate.letter + clauses * rate.clause + sentences * rate.sentence) / speed;
}

/** Length in seconds of a film with these narrations. */
export function finishedSeconds(narrations: readonly string[], language: Language, speed: number): number {
  const spoken = narrations.reduce((sum, text) => sum + speakingSeconds(text, language, speed), 0);
  return filmSeconds(spoken, narrations.length);
}

/** Length in seconds of a film of `scenes` scenes with `spoken` seconds of narration in all. */
export function filmSeconds(spoken: number, scenes: number): number {
  return spoken + scenes * PAUSE_A_SCENE - Math.max(0, scenes - 1) * FADE_BETWEEN_SCENES;
}

function units(text: string, language: Language): number {
  const digits = count(text, /\p{N}/gu);
  const letters = count(text, /\p{L}/gu);
  const ideographs = count(text, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  if (language.spaced) return letters - ideographs + 4 * ideographs + LETTERS_A_DIGIT * digits;
  return ideographs + LATIN_IN_CHINESE * (letters - ideographs) + 1.4 * digits;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
