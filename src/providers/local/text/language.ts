import { AppError } from '../../../errors.ts';

/** What the text tools need to know about a language tag. */
export interface Language {
  /** BCP 47 as given, fit for Intl. */
  readonly tag: string;
  /** Primary subtag, e.g. "zh". */
  readonly base: string;
  /** ISO 15924, e.g. "Hant"; guessed from the tag where it does not say. */
  readonly script: string;
  /** False where words are not parted by spaces (Chinese, Japanese, Thai). */
  readonly spaced: boolean;
}

const UNSPACED = new Set(['zh', 'yue', 'ja', 'th', 'lo', 'km', 'my']);

/** Reads a BCP 47 tag. Throws INVALID_INPUT for one that is malformed. */
export function languageOf(tag: string): Language {
  const locale = parse(tag).maximize();
  return { tag, base: locale.language, script: locale.script ?? 'Latn', spaced: !UNSPACED.has(locale.language) };
}

function parse(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag);
  } catch (cause) {
    throw new AppError('INVALID_INPUT', `"${tag}" is not a language tag.`, { cause });
  }
}
