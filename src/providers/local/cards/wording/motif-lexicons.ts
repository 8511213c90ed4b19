import { lexiconOf, type MotifLexicon } from './motif-lexicon.ts';
import { CHINESE } from './motif-names/chinese.ts';
import { ENGLISH } from './motif-names/english.ts';
import { FRENCH } from './motif-names/french.ts';
import { GERMAN } from './motif-names/german.ts';
import { ITALIAN } from './motif-names/italian.ts';
import { PORTUGUESE } from './motif-names/portuguese.ts';
import { SPANISH } from './motif-names/spanish.ts';

/** By primary subtag. Each is made at its first use: a film needs one, and each takes as long as a scene's picture. */
export const MOTIF_LEXICONS: Readonly<Record<string, () => MotifLexicon>> = {
  en: lazily(() => lexiconOf(ENGLISH, true)),
  zh: lazily(() => lexiconOf(CHINESE, false)),
  de: lazily(() => lexiconOf(GERMAN, true)),
  fr: lazily(() => lexiconOf(FRENCH, true)),
  es: lazily(() => lexiconOf(SPANISH, true)),
  pt: lazily(() => lexiconOf(PORTUGUESE, true)),
  it: lazily(() => lexiconOf(ITALIAN, true)),
};

function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
