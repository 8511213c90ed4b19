import { AppError } from '../../errors.ts';
import { rewrite, type SpokenText } from './spoken-text.ts';

/**
 * The letters that a voice has rules for. All read Latin: the Chinese, Greek and Cyrillic voices pass it to the English
 * one. Han beyond the basic block and extension A is spelled out in hexadecimal, and so not readable.
 */
const readableLetters: Readonly<Record<string, RegExp>> = {
  zh: /[\u3400-\u9FFF\p{Script=Latin}\p{Script=Bopomofo}〇]/u,
  ru: /[\p{Script=Cyrillic}\p{Script=Latin}]/u,
  uk: /[\p{Script=Cyrillic}\p{Script=Latin}]/u,
  el: /[\p{Script=Greek}\p{Script=Latin}]/u,
};
const latin = /\p{Script=Latin}/u;
/** Modifier letters are used with the letters of any script. */
const anyVoice = /\p{Lm}/u;

/**
 * Replaces letters that the voice would spell out ("Chinese letter …") by spaces. Small foreign parts are not spoken; a
 * text with more than half of such letters is refused with UNSUPPORTED_LANGUAGE. For Chinese a quarter is enough:
 * Japanese shares its kanji, and a Japanese text may have fewer kana than kanji. `voiceLanguage` is the primary subtag
 * of the voice's own language.
 */
export function removeUnreadable(spoken: SpokenText, voiceLanguage: string, language: string): SpokenText {
  const { letters, foreign } = foreignLetters(spoken, voiceLanguage);
  const maxForeignShare = voiceLanguage === 'zh' ? 0.25 : 0.5;
  if (foreign.length > letters * maxForeignShare) throw unreadable(foreign, language);
  return withoutLetters(spoken, foreign);
}

/** The same for any share of such letters. */
export function withoutUnreadable(spoken: SpokenText, voiceLanguage: string): SpokenText {
  return withoutLetters(spoken, foreignLetters(spoken, voiceLanguage).foreign);
}

function foreignLetters(spoken: SpokenText, voiceLanguage: string): { letters: number; foreign: readonly string[] } {
  const readable = readableLetters[voiceLanguage] ?? latin;
  const letters = spoken.text.match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((character) => !readable.test(character) && !anyVoice.test(character));
  return { letters: letters.length, foreign };
}

function withoutLetters(spoken: SpokenText, foreign: readonly string[]): SpokenText {
  if (foreign.length === 0) return spoken;
  const isForeign = new Set(foreign);
  return rewrite(spoken, /\p{L}[\p{L}\p{M}]*/gu, ([run]) => {
    const left = Array.from(run, (character) => (isForeign.has(character) ? ' ' : character)).join('');
    return left === run ? undefined : left;
  });
}

const scripts: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Japanese kana', /\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['Chinese characters', /\p{Script=Han}/u],
  ['Korean letters', /\p{Script=Hangul}/u],
  ['Cyrillic letters', /\p{Script=Cyrillic}/u],
  ['Greek letters', /\p{Script=Greek}/u],
  ['Arabic letters', /\p{Script=Arabic}/u],
  ['Hebrew letters', /\p{Script=Hebrew}/u],
  ['Thai letters', /\p{Script=Thai}/u],
  ['Devanagari letters', /\p{Script=Devanagari}/u],
];

function unreadable(foreign: readonly string[], language: string): AppError {
  const name =
    scripts.find(([, pattern]) => foreign.some((character) => pattern.test(character)))?.[0] ??
    'letters of another script';
  return new AppError(
    'UNSUPPORTED_LANGUAGE',
    `The text is mostly ${name}, which the built-in voice for "${language}" cannot read aloud. ` +
      "Set the text's own language, or set up another speech provider.",
  );
}
