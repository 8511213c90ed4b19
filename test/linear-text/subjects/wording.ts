import { languageOf } from '../../../src/language/language.ts';
import { timeIn } from '../../../src/providers/local/cards/wording/clock-times.ts';
import { itemNameOf } from '../../../src/providers/local/cards/wording/list-titles.ts';
import { clausesByRole } from '../../../src/providers/local/cards/wording/main-clauses.ts';
import { allowedBeside, motifContext } from '../../../src/providers/local/cards/wording/motif-context.ts';
import { withDirection } from '../../../src/providers/local/cards/wording/motif-direction.ts';
import { tracesIn } from '../../../src/providers/local/cards/wording/motif-fields.ts';
import { basesOf } from '../../../src/providers/local/cards/wording/motif-inflection.ts';
import { wordsOf } from '../../../src/providers/local/cards/wording/motif-lexicon.ts';
import { measuredMotif } from '../../../src/providers/local/cards/wording/motif-measures.ts';
import { motifFor, motifsNamedIn } from '../../../src/providers/local/cards/wording/motifs.ts';
import { deniesClause, picturedText } from '../../../src/providers/local/cards/wording/pictured-text.ts';
import { motifOf, namedMotif, numberOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';
import { plainHeading, wordingOf } from '../../../src/providers/local/cards/wording/scene-wording.ts';
import { english, fonts, NUMBERS, narration, picture, type SubjectsByModule } from '../subject.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'zh'].map(languageOf);

/** The functions and tables in src/providers/local/cards/wording. */
export const WORDING: SubjectsByModule = {
  'src/providers/local/cards/wording/list-titles.ts': {
    itemNameOf: narration((text) => itemNameOf(text, english)),
    withItemName: 'called by sceneDesign',
  },
  'src/providers/local/cards/wording/scene-motif.ts': {
    motifOf: narration((text) => motifOf(text, english)),
    namedMotif: narration((text) => namedMotif(text, english)),
    numberOf: narration((text) => numberOf(text)),
  },
  'src/providers/local/cards/wording/main-clauses.ts': {
    clausesByRole: narration((text) => LANGUAGES.map(({ base }) => clausesByRole(text, base))),
  },
  'src/providers/local/cards/wording/pictured-text.ts': {
    picturedText: narration((text) => LANGUAGES.map((language) => picturedText(text, language))),
    deniesClause: narration((text) => deniesClause(text, english, () => false)),
  },
  'src/providers/local/cards/wording/motif-context.ts': {
    motifContext: narration((text) => motifContext(text, 'en')),
    allowedBeside: narration((text) => allowedBeside(text)),
  },
  'src/providers/local/cards/wording/motif-comparisons.ts': {
    likenedWords: 'called by motifFor',
    isMeasuredBy: 'called by motifFor',
    isLikenedInChinese: 'called by motifFor',
  },
  'src/providers/local/cards/wording/drawn-icons.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-icons.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-inflection.ts': { basesOf: narration((text) => basesOf(text, 'de')) },
  'src/providers/local/cards/wording/motif-lexicon.ts': {
    lexiconOf: 'reads data of our own',
    hintsOf: 'reads data of our own',
    wordsOf: narration(wordsOf),
  },
  'src/providers/local/cards/wording/motif-lexicons.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-measures.ts': {
    measuredMotif: narration((text) => measuredMotif(text, english)),
  },
  'src/providers/local/cards/wording/motif-signs.ts': NUMBERS,
  'src/providers/local/cards/wording/motif-fields.ts': {
    tracesIn: narration((text) => (['en', 'de', 'zh'] as const).map((base) => tracesIn(text, base))),
    isAnimal: 'reads data of our own',
    relatedTo: 'called by unrelatedMotifs',
  },
  'src/providers/local/cards/wording/motif-names/field-words.ts': 'data of our own',
  'src/providers/local/cards/wording/motifs.ts': {
    motifsNamedIn: narration((text) => ['en', 'de', 'it', 'zh'].map((base) => motifsNamedIn(text, base))),
    motifFor: narration((text) => ['en', 'de', 'it', 'zh'].map((base) => motifFor(text, base))),
  },
  'src/providers/local/cards/wording/clock-times.ts': {
    timeIn: narration((text) => ['en', 'de', 'fr', 'es', 'pt', 'it', 'zh'].map((base) => timeIn(text, base))),
    clockPath: NUMBERS,
  },
  'src/providers/local/cards/wording/motif-direction.ts': {
    withDirection: narration((text) => ['en', 'zh'].map((base) => withDirection('coins', text, base))),
  },
  'src/providers/local/cards/wording/scene-wording.ts': {
    wordingOf: narration((text) => wordingOf(picture(text, 1), 'middle', fonts)),
    plainHeading: narration((text) => plainHeading(text, fonts)),
  },
  'src/providers/local/cards/wording/motif-names/animals.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/body-and-life.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/daily-life.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/chinese.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/english.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/figures-of-speech.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/french.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/german.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/italian.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/kitchen.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/leisure-and-vehicles.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/motif-cues.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/motif-names.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/objects.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/plants-and-weather.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/portuguese.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/shared-names.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/spanish.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/words-with-two-meanings.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/wrong-cues.ts': 'data of our own',
};
