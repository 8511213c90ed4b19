import { sayAddresses } from './addresses.ts';
import { AMERICAN, BRITISH } from './languages/english.ts';
import { FRENCH } from './languages/french.ts';
import { GERMAN } from './languages/german.ts';
import { ITALIAN } from './languages/italian.ts';
import { BRAZILIAN, PORTUGUESE } from './languages/portuguese.ts';
import type { RuledLanguage } from './languages/ruled-language.ts';
import { LATIN_AMERICAN, SPANISH } from './languages/spanish.ts';
import { mandarinForm } from './mandarin/mandarin.ts';
import { mandarinReadings } from './mandarin/mandarin-readings.ts';
import { scan } from './rules/scan.ts';
import { rewrite, type SpokenText } from './spoken-text.ts';
import { sayableSymbols } from './symbols.ts';

/** Markup and drawing symbols, which espeak-ng would name one by one. */
const silentSigns = /[[\]{}<>|\\^_*`•·→←↑↓※†‡§¶#~≈№™]/gu;

/**
 * The words that a voice says: numbers, dates, amounts, units, signs, abbreviations and addresses as a reader of the
 * language and region says them. English, German, French, Spanish, Portuguese, Italian and Chinese are complete; in
 * other languages numbers are left to the voice. `tag` is a BCP 47 tag.
 */
export function spokenWords(spoken: SpokenText, tag: string): SpokenText {
  return withoutSilentSigns(inWords(spoken, new Intl.Locale(tag)));
}

/** The same for the built-in voice, whose Mandarin needs some characters spelled in Pinyin. */
export function spokenForm(spoken: SpokenText, tag: string): SpokenText {
  const locale = new Intl.Locale(tag);
  const words = inWords(spoken, locale);
  return withoutSilentSigns(locale.maximize().language === 'zh' ? mandarinReadings(words) : words);
}

function withoutSilentSigns(spoken: SpokenText): SpokenText {
  return rewrite(spoken, silentSigns, () => ' ');
}

function inWords(spoken: SpokenText, locale: Intl.Locale): SpokenText {
  const { language: base, region, script } = locale.maximize();
  if (base === 'zh') return mandarinForm(spoken, script === 'Hans');
  const language = languageFor(base, region ?? '');
  if (language === undefined) return sayableSymbols(spoken, base);
  const { signs, groupWords } = language;
  return scan(sayAddresses(spoken, signs, groupWords), language);
}

/** A tag without a region means the most populous one: the United States, Spain, Brazil. */
function languageFor(base: string, region: string): RuledLanguage | undefined {
  switch (base) {
    case 'en':
      return region === 'US' ? AMERICAN : BRITISH;
    case 'es':
      return region === 'ES' ? SPANISH : LATIN_AMERICAN;
    case 'pt':
      return region === 'BR' ? BRAZILIAN : PORTUGUESE;
    case 'de':
      return GERMAN;
    case 'fr':
      return FRENCH;
    case 'it':
      return ITALIAN;
    default:
      return undefined;
  }
}
