import { AppError } from '../../../errors.ts';
import { cleanText, joinLines } from '../../../language/clean.ts';
import { type Language, languageOf } from '../../../language/language.ts';
import { finishedSeconds } from '../../../language/spoken/speaking-rate.ts';
import { trimEnd } from '../../../language/trim.ts';
import { shorten } from '../../../language/words/shorten.ts';
import { OUTLINES, type OutlineText } from './outline-texts.ts';
import { TITLE_LIMIT } from './title.ts';

/** Default length of an outline, in seconds of the finished video. */
const DEFAULT_SECONDS = 40;
/** A topic may be a whole page; the outline speaks only its beginning. In UTF-16 units. */
const SPOKEN_TOPIC = 120;

/**
 * An outline for a topic: the questions to answer, and that the script is not written yet. It makes no statement about
 * the topic itself, because there is no knowledge of it. Throws UNSUPPORTED_LANGUAGE for languages without a translated
 * outline.
 */
export function outlineOf(topic: string, language: Language, target: number | undefined, speed: number) {
  const words = outlineText(language);
  const subject = subjectOf(topic);
  const opening = words.opening(shorten(subject, SPOKEN_TOPIC, language));
  const lengths = words.questions.map((_, i) => scenesWith(i + 1, words, opening));
  const off = (scenes: readonly string[]) =>
    Math.abs(finishedSeconds(scenes, language, speed) - (target ?? DEFAULT_SECONDS));
  const narrations = lengths.reduce(
    (best, scenes) => (off(scenes) < off(best) ? scenes : best),
    scenesWith(0, words, opening),
  );
  return { title: topicTitle(topic, language), narrations };
}

/** The title of the outline. Throws UNSUPPORTED_LANGUAGE for languages without a translated outline. */
export function topicTitle(topic: string, language: Language): string {
  return shorten(outlineText(language).title(subjectOf(topic)), TITLE_LIMIT, language);
}

function subjectOf(topic: string): string {
  return trimEnd(joinLines(cleanText(topic)), /[\s.。]/u);
}

/** True if there is an outline in this language (BCP 47): en, de, fr, es, pt, it and both scripts of zh. */
export function hasOutline(tag: string): boolean {
  return wordsFor(languageOf(tag)) !== undefined;
}

function scenesWith(questions: number, words: OutlineText, opening: string): string[] {
  return [opening, ...words.questions.slice(0, questions), words.closing];
}

function outlineText(language: Language): OutlineText {
  const words = wordsFor(language);
  if (words) return words;
  throw new AppError(
    'UNSUPPORTED_LANGUAGE',
    `No text provider is set up, and the built-in writer cannot outline a topic in "${language.tag}". Send a script instead.`,
  );
}

function wordsFor(language: Language): OutlineText | undefined {
  return OUTLINES[language.base] ?? OUTLINES[`${language.base}-${language.script}`];
}
