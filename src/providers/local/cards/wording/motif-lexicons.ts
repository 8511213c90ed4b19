import { lexiconOf, type MotifLexicon } from './motif-lexicon.ts';
import { CHINESE } from './motif-names/chinese.ts';
import { ENGLISH } from './motif-names/english.ts';
import { FRENCH } from './motif-names/french.ts';
import { GERMAN } from './motif-names/german.ts';
import { ITALIAN } from './motif-names/italian.ts';
import { PORTUGUESE } from './motif-names/portuguese.ts';
import { SPANISH } from './motif-names/spanish.ts';

/** By primary subtag. */
export const MOTIF_LEXICONS: Readonly<Record<string, MotifLexicon>> = {
  en: lexiconOf(ENGLISH, true),
  zh: lexiconOf(CHINESE, false),
  de: lexiconOf(GERMAN, true),
  fr: lexiconOf(FRENCH, true),
  es: lexiconOf(SPANISH, true),
  pt: lexiconOf(PORTUGUESE, true),
  it: lexiconOf(ITALIAN, true),
};
