import { cleanText, joinLines } from '../text/clean.ts';
import { keyWords, weigher } from '../text/key-words.ts';
import type { Language } from '../text/language.ts';
import { shorten } from '../text/shorten.ts';
import type { Draft } from './script-scenes.ts';

const MAX_WORDS = 6;
/** Enough for any image service; some refuse longer prompts. In UTF-16 units. */
const LONGEST = 400;

/**
 * What the picture of each scene is of: its telling words, seen against the whole script, then the wanted style.
 * "moon, ocean, gravity, warm watercolour".
 */
export function visualPrompts(scenes: readonly Draft[], style: string | undefined, language: Language): string[] {
  const subjects = scenes.map(subject);
  const weigh = weigher(subjects, language);
  const wanted = joinLines(cleanText(style ?? ''));
  return subjects.map((text) => {
    const words = keyWords(text, weigh(text), MAX_WORDS, language);
    // Nothing but numbers or emoji: those are the picture then.
    const shown = words.length > 0 ? words.join(', ') : shorten(joinLines(text), 80, language);
    return shorten(wanted === '' ? shown : `${shown}, ${wanted}`, LONGEST, language);
  });
}

function subject(scene: Draft): string {
  // A heading in Title Case would make a name of every word in it.
  return scene.heading === undefined ? scene.narration : `${scene.heading.toLowerCase()}. ${scene.narration}`;
}
