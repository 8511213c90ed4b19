import type { LanguageDetector } from '../../language/detection/language-detector.ts';
import { MODEL_LANGUAGES } from '../../language/detection/ngram-model.ts';
import { type Language, languageOf } from '../../language/language.ts';

export type LanguageCheck = Pick<LanguageDetector, 'otherThan'>;

/** What is wrong with the language of a reply; undefined where it is the wanted one, or nothing is certain. */
export function languageFault(check: LanguageCheck, language: Language, text: string): string | undefined {
  const found = check.otherThan(language.tag, text);
  if (found === undefined) return undefined;
  // A language that the detector does not know looks like its neighbour.
  if (languageOf(found).script === language.script && !isKnown(language)) return undefined;
  return `It is written in ${nameOf(languageOf(found))}, and has to be in ${nameOf(language)}.`;
}

function isKnown({ base }: Language): boolean {
  return MODEL_LANGUAGES.includes(base === 'no' || base === 'nn' ? 'nb' : base);
}

/** The language for a model: "English (en)", "Chinese (Taiwan) in Traditional characters (zh-TW)". */
export function nameOf({ tag, base, script }: Language): string {
  const name = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
  if (base !== 'zh') return `${name} (${tag})`;
  return `${name} in ${script === 'Hans' ? 'Simplified' : 'Traditional'} characters (${tag})`;
}
