import { inOneLine } from '../../../language/clean.ts';
import { CHAPTER_ROOM, headlinesOf } from '../../../language/headlines/headlines.ts';
import { shorten } from '../../../language/headlines/shorten.ts';
import type { Language } from '../../../language/language.ts';
import { joinSentences } from '../../../language/sentences/join-sentences.ts';

/** A part of the film that chapters are composed of. */
export interface TimedText {
  readonly narration: string;
  /** The author's heading above it. */
  readonly heading?: string;
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

export interface Chapter {
  readonly title: string;
  readonly startSeconds: number;
}

/** Video platforms accept no shorter chapters. */
const SHORTEST_SECONDS = 10;
/** In UTF-16 units. */
const TITLE_LIMIT = 120;

/**
 * Chapters of at least 10 s if the film is that long; the first starts at 0. A chapter is named by the heading or by a
 * sentence of its first scene. None if there is no scene.
 */
export function chaptersOf(scenes: readonly TimedText[], language: Language): Chapter[] {
  const groups = longEnough(scenes);
  const taken = new Set<string>();
  return groups.map((group, i) => {
    const title = titleOf(group, taken, language) || String(i + 1);
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

/** The first heading or sentence that no other chapter has as its title. */
function titleOf(group: readonly TimedText[], taken: ReadonlySet<string>, language: Language): string {
  const text = joinSentences(group.map((scene) => scene.narration));
  const heading = group.find((scene) => scene.heading !== undefined)?.heading ?? '';
  const choices = [heading, ...headlinesOf(text, language, CHAPTER_ROOM), inOneLine(text)].filter(
    (choice) => choice !== '',
  );
  const title = choices.find((choice) => !taken.has(choice.toLowerCase())) ?? choices[0] ?? '';
  return shorten(title, TITLE_LIMIT, language);
}
