import { AppError } from '../../errors.ts';
import { foreignLettersIn, unreadableScript } from './foreign-letters.ts';
import { isUnitSign, nameGreekLetters } from './greek-letters.ts';
import { rewrite, type SpokenText } from './spoken-text.ts';

/**
 * Replaces letters that the voice would spell out ("Chinese letter …") by spaces, and single Greek letters by their
 * names. Small foreign parts are not spoken; a text with more than half of such letters is refused with
 * UNSUPPORTED_LANGUAGE. For Chinese a quarter is enough: Japanese shares its kanji, and a Japanese text may have fewer
 * kana than kanji. `voiceLanguage` is the primary subtag of the voice's own language.
 */
export function removeUnreadable(spoken: SpokenText, voiceLanguage: string, language: string): SpokenText {
  const script = unreadableScript(spoken.text, voiceLanguage);
  if (script !== undefined) throw unreadable(script, language);
  const named = nameGreekLetters(spoken, voiceLanguage);
  const foreign = foreignLettersIn(named.text, voiceLanguage);
  if (foreign.length === 0) return named;
  const isForeign = new Set(foreign.filter((letter) => !isUnitSign(letter)));
  return rewrite(named, /\p{L}[\p{L}\p{M}]*/gu, ([run]) => {
    const left = Array.from(run, (character) => (isForeign.has(character) ? ' ' : character)).join('');
    return left === run ? undefined : left;
  });
}

function unreadable(name: string, language: string): AppError {
  return new AppError(
    'UNSUPPORTED_LANGUAGE',
    `The text is mostly ${name}, which the built-in voice for "${language}" cannot read aloud. ` +
      "Set the text's own language, or set up another speech provider.",
  );
}
