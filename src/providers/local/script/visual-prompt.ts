import { cleanText, joinLines } from '../../../language/clean.ts';
import { shorten } from '../../../language/headlines/shorten.ts';
import type { Language } from '../../../language/language.ts';
import { keyWords, weigher } from '../../../language/words/key-words.ts';
import { termsOf } from '../../../language/words/terms.ts';
import type { Draft } from './script-scenes.ts';

const MAX_WORDS = 6;
/** Sufficient for any image service; some refuse longer prompts. In UTF-16 units. */
const LONGEST = 400;

/**
 * The content of each scene's picture: the scene's significant words relative to the whole script, then the wanted
 * style. "moon, ocean, gravity, warm watercolour".
 */
export function visualPrompts(scenes: readonly Draft[], style: string | undefined, language: Language): string[] {
  const subjects = scenes.map(subject);
  const weigh = weigher(subjects, language);
  const wanted = joinLines(cleanText(style ?? ''));
  return subjects.map((text) => {
    const words = keyWords(termsOf(text, language), text, weigh(text), MAX_WORDS, language);
    // If there are only numbers or emoji, they are used as the prompt.
    const shown = words.length > 0 ? words.join(', ') : shorten(joinLines(text), 80, language);
    return shorten(wanted === '' ? shown : `${shown}, ${wanted}`, LONGEST, language);
  });
}

function subject(scene: Draft): string {
  // A heading in Title Case would make every word in it look like a name.
  return scene.heading === undefined ? scene.narration : `${scene.heading.toLowerCase()}. ${scene.narration}`;
}
