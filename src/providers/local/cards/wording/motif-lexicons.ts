import { lazily } from '../../../../lazily.ts';
import { allowedBeside } from './motif-context.ts';
import { hintsOf, lexiconOf, type MotifLexicon } from './motif-lexicon.ts';
import { ANIMALS } from './motif-names/animals.ts';
import { BODY_AND_LIFE } from './motif-names/body-and-life.ts';
import { CHINESE } from './motif-names/chinese.ts';
import { DAILY_LIFE } from './motif-names/daily-life.ts';
import { ENGLISH } from './motif-names/english.ts';
import { FIGURES_OF_SPEECH } from './motif-names/figures-of-speech.ts';
import { FRENCH } from './motif-names/french.ts';
import { GERMAN } from './motif-names/german.ts';
import { ITALIAN } from './motif-names/italian.ts';
import { KITCHEN } from './motif-names/kitchen.ts';
import { LEISURE_AND_VEHICLES } from './motif-names/leisure-and-vehicles.ts';
import { NEEDED_CUES } from './motif-names/motif-cues.ts';
import type { MotifNames } from './motif-names/motif-names.ts';
import { OBJECTS } from './motif-names/objects.ts';
import { PLANTS_AND_WEATHER } from './motif-names/plants-and-weather.ts';
import { PORTUGUESE } from './motif-names/portuguese.ts';
import type { NamingLanguage, SharedNames } from './motif-names/shared-names.ts';
import { SPANISH } from './motif-names/spanish.ts';
import { WORDS_WITH_TWO_MEANINGS } from './motif-names/words-with-two-meanings.ts';
import { WRONG_BESIDE } from './motif-names/wrong-cues.ts';
import type { Motif } from './motif-signs.ts';

/** The tables of each language, and the ones of all languages. Of equal names the first one counts. */
const OWN: Readonly<Record<NamingLanguage, MotifNames>> = {
  en: ENGLISH,
  zh: CHINESE,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  pt: PORTUGUESE,
  it: ITALIAN,
};
const SHARED = [KITCHEN, ANIMALS, PLANTS_AND_WEATHER, OBJECTS, LEISURE_AND_VEHICLES, BODY_AND_LIFE, DAILY_LIFE];

/** By primary subtag. Each is made at its first use: a film needs one, and each takes as long as a scene's picture. */
export const MOTIF_LEXICONS: Readonly<Record<string, () => MotifLexicon>> = {
  en: lazily(() => lexiconFor('en')),
  zh: lazily(() => lexiconFor('zh')),
  de: lazily(() => lexiconFor('de')),
  fr: lazily(() => lexiconFor('fr')),
  es: lazily(() => lexiconFor('es')),
  pt: lazily(() => lexiconFor('pt')),
  it: lazily(() => lexiconFor('it')),
};

/** Whether the words of a text let a motif be shown: false if they are of another field than its picture. */
export function cuesIn(text: string, base: string): (motif: Motif) => boolean {
  if (!isNamingLanguage(base)) return () => true;
  // Read once, at the first motif that needs it.
  const allows = lazily(() => allowedBeside(text));
  return (motif) => {
    const needs = hintsOf(NEEDED_CUES[motif]?.[base] ?? '');
    const excludedBy = hintsOf(WRONG_BESIDE[motif]?.[base] ?? '');
    return needs.length + excludedBy.length === 0 || allows()({ needs, excludedBy });
  };
}

export function isNamingLanguage(base: string): base is NamingLanguage {
  return Object.hasOwn(OWN, base);
}

function lexiconFor(language: NamingLanguage): MotifLexicon {
  const namesOf = (table: SharedNames): MotifNames =>
    Object.fromEntries(Object.entries(table).map(([motif, names]) => [motif, names[language]]));
  const first = [FIGURES_OF_SPEECH, WORDS_WITH_TWO_MEANINGS].map(namesOf);
  return lexiconOf([...first, OWN[language], ...SHARED.map(namesOf)], language !== 'zh');
}
