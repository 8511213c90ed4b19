import { primarySubtag } from '../language.ts';

/**
 * The letters that the voices of a language have no rules for. All voices read Latin (the Chinese, Greek and Cyrillic ones
 * pass it to the English one) and modifier letters, which are used with the letters of any script. Han beyond the basic
 * block and extension A is spelled out in hexadecimal, and so not readable.
 */
const foreignLetters: Readonly<Record<string, RegExp>> = {
  zh: /(?![\u3400-\u9FFF\p{Script=Latin}\p{Script=Bopomofo}〇\p{Lm}])\p{L}/gu,
  ru: /(?![\p{Script=Cyrillic}\p{Script=Latin}\p{Lm}])\p{L}/gu,
  uk: /(?![\p{Script=Cyrillic}\p{Script=Latin}\p{Lm}])\p{L}/gu,
  el: /(?![\p{Script=Greek}\p{Script=Latin}\p{Lm}])\p{L}/gu,
};
const notLatin = /(?![\p{Script=Latin}\p{Lm}])\p{L}/gu;

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

/** A Greek letter alone is a sign, which has a name in every language: "α-wave", "5 μg". */
const greekSign = /(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/gu;

/** The letters of a text that the voices of a language (a canonical BCP 47 tag) have no rules for; a Greek letter alone is none of them. */
export function foreignLettersIn(text: string, tag: string): readonly string[] {
  const pattern = foreignLetters[primarySubtag(tag)] ?? notLatin;
  const found = text.match(pattern) ?? [];
  if (!found.some((letter) => /\p{Script=Greek}/u.test(letter))) return found;
  return text.replace(greekSign, ' ').match(pattern) ?? [];
}

/**
 * The script of a text that is mostly in one that the voices of a language (a canonical BCP 47 tag) cannot read, e.g. "Japanese kana": a text that
 * `removeUnreadable` refuses. Undefined for any other text.
 */
export function unreadableScript(text: string, tag: string): string | undefined {
  const foreign = foreignLettersIn(text, tag);
  if (foreign.length === 0) return undefined;
  const maxShare = primarySubtag(tag) === 'zh' ? 0.25 : 0.5;
  if (foreign.length <= maxShare * (text.match(/\p{L}/gu)?.length ?? 0)) return undefined;
  const found = scripts.find(([, pattern]) => foreign.some((letter) => pattern.test(letter)));
  return found?.[0] ?? 'letters of another script';
}
