import { joinText } from '../../../language/clean.ts';
import type { Language } from '../../../language/language.ts';
import { keyPhrases } from '../../../language/words/key-phrases.ts';
import { type WordWeights, weigher } from '../../../language/words/key-words.ts';
import { firstClause, shorten } from '../../../language/words/shorten.ts';

/** A part of the film that chapters are composed of. */
export interface TimedText {
  readonly narration: string;
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

export interface Chapter {
  readonly title: string;
  readonly startSeconds: number;
}

/** Video platforms accept no shorter chapters. */
const SHORTEST_SECONDS = 10;
/** In UTF-16 units; a Chinese title needs fewer. */
const TITLE_LIMIT = 40;
const TITLE_WORDS = 5;

/**
 * Chapters of at least 10 s if the film is that long; the first starts at 0. One untitled chapter if there is no text.
 */
export function chaptersOf(scenes: readonly TimedText[], language: Language): Chapter[] {
  const groups = longEnough(scenes);
  const texts = groups.map((group) => joinText(group.map((scene) => scene.narration)));
  const weigh = weigher(texts, language);
  const taken = new Set<string>();
  return groups.map((group, i) => {
    const title = chapterTitle(texts[i] ?? '', weigh(texts[i] ?? ''), taken, language) || String(i + 1);
    taken.add(title.toLowerCase());
    return { title, startSeconds: i === 0 ? 0 : (group[0]?.startSeconds ?? 0) };
  });
}

/** Merges adjacent scenes until each group is long enough; a short rest at the end joins the previous group. */
function longEnough(scenes: readonly TimedText[]): TimedText[][] {
  const groups: TimedText[][] = [];
  for (const scene of scenes) {
    const open = groups.at(-1);
    if (open && secondsOf(open) < SHORTEST_SECONDS) open.push(scene);
    else groups.push([scene]);
  }
  const last = groups.at(-1);
  const before = groups.at(-2);
  if (last && before && secondsOf(last) < SHORTEST_SECONDS) {
    before.push(...last);
    groups.pop();
  }
  return groups;
}

/** Time from the start to the end of a group; fades overlap, so durations must not be added up. */
function secondsOf(group: readonly TimedText[]): number {
  const first = group[0];
  const last = group.at(-1);
  return first && last ? last.startSeconds + last.durationSeconds - first.startSeconds : 0;
}

/** The first clause if it is short enough for a title, else the most significant phrase that no other chapter has. */
function chapterTitle(text: string, weights: WordWeights, taken: ReadonlySet<string>, language: Language): string {
  const limit = language.spaced ? TITLE_LIMIT : TITLE_LIMIT / 2;
  const phrases = keyPhrases(text, weights, TITLE_WORDS, language).map((phrase) => phrase.text);
  const clause = firstClause(text, limit, language);
  const choices = clause.length <= limit ? [clause, ...phrases] : [...phrases, clause];
  const title = choices.find((choice) => choice.length <= limit && !taken.has(choice.toLowerCase())) ?? clause;
  return shorten(capitalised(title, language), TITLE_LIMIT, language);
}

function capitalised(title: string, language: Language): string {
  const first = title.slice(
    0,
    title.codePointAt(0) === undefined ? 0 : String.fromCodePoint(title.codePointAt(0) ?? 0).length,
  );
  return first.toLocaleUpperCase(language.tag) + title.slice(first.length);
}
