import { AppError } from '../errors.ts';

/** Properties of a language tag that the text functions need. */
export interface Language {
  /** BCP 47 as given, valid for Intl. */
  readonly tag: string;
  /** Primary subtag, e.g. "zh". */
  readonly base: string;
  /** ISO 15924, e.g. "Hant"; derived from the tag if it has no script. */
  readonly script: string;
  /** False if words are not separated by spaces (Chinese, Japanese, Thai). */
  readonly spaced: boolean;
}

const UNSPACED = new Set(['zh', 'yue', 'ja', 'th', 'lo', 'km', 'my']);

/** Parses a BCP 47 tag. Throws INVALID_INPUT for a malformed one. */
export function languageOf(tag: string): Language {
  const locale = parse(tag).maximize();
  return { tag, base: locale.language, script: locale.script ?? 'Latn', spaced: !UNSPACED.has(locale.language) };
}

/** The primary subtag of a canonical BCP 47 tag, e.g. "zh" of "zh-TW": for checks that every request runs, where parsing the tag costs more than the check. */
export function primarySubtag(tag: string): string {
  const end = tag.indexOf('-');
  return end === -1 ? tag : tag.slice(0, end);
}

function parse(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag);
  } catch (cause) {
    throw new AppError('INVALID_INPUT', `"${tag}" is not a language tag.`, { cause });
  }
}

/** Chinese characters and kana, which are as wide as they are high and are written without spaces. */
export const WIDE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
