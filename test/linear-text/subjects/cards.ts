import { wordSegmenter } from '../../../src/language/headlines/qualifiers.ts';
import { statementsOf } from '../../../src/language/headlines/statements.ts';
import { languageOf } from '../../../src/language/language.ts';
import { beatsOf } from '../../../src/providers/local/cards/beats.ts';
import { designCard, designLater } from '../../../src/providers/local/cards/card-design.ts';
import {
  clausesOf,
  dividingWords,
  isDivisible,
  tiedOffsets,
  withWords,
} from '../../../src/providers/local/cards/clauses.ts';
import { areAsserted } from '../../../src/providers/local/cards/content/asserted-numbers.ts';
import { barsIn } from '../../../src/providers/local/cards/content/bars-card.ts';
import { codePlace } from '../../../src/providers/local/cards/content/code-card.ts';
import { datedClausesIn, datedListsIn } from '../../../src/providers/local/cards/content/dated.ts';
import { definitionIn } from '../../../src/providers/local/cards/content/definition.ts';
import { enumerationIn } from '../../../src/providers/local/cards/content/enumeration.ts';
import { figureIn } from '../../../src/providers/local/cards/content/figure-card.ts';
import { listWithHosts } from '../../../src/providers/local/cards/content/list-content.ts';
import { longQuotation } from '../../../src/providers/local/cards/content/marked-words.ts';
import { numberedListsIn } from '../../../src/providers/local/cards/content/numbered-list.ts';
import { longQuotationIn, quotationIn } from '../../../src/providers/local/cards/content/quotation.ts';
import { seriesIn } from '../../../src/providers/local/cards/content/series.ts';
import { listsIn } from '../../../src/providers/local/cards/content/statement-list.ts';
import { filmContexts } from '../../../src/providers/local/cards/film-contexts.ts';
import { chineseLocations } from '../../../src/providers/local/cards/locations/chinese-locations.ts';
import { locationNames, nameKey } from '../../../src/providers/local/cards/locations/country-names.ts';
import { locationsIn } from '../../../src/providers/local/cards/locations/locations-in-text.ts';
import { promptWarning, styleWarning } from '../../../src/providers/local/cards/look/look-warnings.ts';
import { sceneLookOf, settingsIn } from '../../../src/providers/local/cards/look/scene-look.ts';
import { isSerious, isSober } from '../../../src/providers/local/cards/look/serious-words.ts';
import { visualStyleOf } from '../../../src/providers/local/cards/look/visual-styles.ts';
import { searched, wordCount } from '../../../src/providers/local/cards/look/word-search.ts';
import { sceneDesign } from '../../../src/providers/local/cards/scene-overlays.ts';
import { isSeriousScene } from '../../../src/providers/local/cards/scene-scenery.ts';
import { secondsAt, spansOf, spokenWords } from '../../../src/providers/local/cards/spans.ts';
import {
  characterIn,
  nameBesideNoun,
  opensWithPronoun,
  titledNames,
} from '../../../src/providers/local/cards/subject-words.ts';
import { hasThingToSee, isQuestion, namesNothing } from '../../../src/providers/local/cards/thing-to-see.ts';
import { highlightOf } from '../../../src/providers/local/cards/video-palette.ts';
import { constantVoice } from '../../helpers/media/constant-voice.ts';
import { DRAWS, english, fonts, NUMBERS, narration, picture, type SubjectsByModule } from '../subject.ts';
import { WORDING } from './wording.ts';

const PLACE = { box: { x: 0, y: 0, width: 400, height: 300 }, align: 'left', anchor: 'top' } as const;
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'zh'].map(languageOf);
const NO_NAMES = { byName: new Map(), longest: 0 };
const ENGLISH_NAMES = locationNames(english) ?? NO_NAMES;
const CHINESE_NAMES = locationNames(languageOf('zh-TW')) ?? NO_NAMES;

/** The functions in src/providers/local/cards. */
export const CARDS: SubjectsByModule = {
  ...WORDING,
  'src/providers/local/cards/beats.ts': {
    beatsOf: narration((text) => beatsOf(constantVoice(text, 'en'), english, { canShow: () => true })),
  },
  'src/providers/local/cards/content/numbered-list.ts': {
    numberedListsIn: narration((text) => numberedListsIn(statementsOf(`1. ${text}`, english), '')),
  },
  'src/providers/local/cards/clauses.ts': {
    clausesOf: narration((text) => {
      const spoken = constantVoice(text, 'en');
      const whole = { start: 0, end: text.length, startSeconds: 0, endSeconds: spoken.durationSeconds };
      return clausesOf(whole, spoken, new Set(), english);
    }),
    isDivisible: narration((text) =>
      statementsOf(text, english).filter((one) => isDivisible(one, english, wordSegmenter(english))),
    ),
    tiedOffsets: narration((text) => tiedOffsets(text, english)),
    dividingWords: narration((text) => dividingWords(constantVoice(text, 'en'), new Set(), english)),
    withWords: narration((text) => {
      const spoken = constantVoice(text, 'en');
      const whole = { start: 0, end: text.length, startSeconds: 0, endSeconds: spoken.durationSeconds };
      return withWords([whole], whole, dividingWords(spoken, new Set(), english));
    }),
  },
  'src/providers/local/cards/spans.ts': {
    secondsAt: narration((text) =>
      secondsAt(
        Array.from(text, (_, at) => at),
        constantVoice(text, 'en'),
      ),
    ),
    secondsOf: 'subtracts two numbers',
    spansOf: narration((text) => spansOf(statementsOf(text, english), constantVoice(text, 'en'))),
    spokenWords: narration((text) => spokenWords(constantVoice(text, 'zh-TW'), languageOf('zh-TW'))),
  },
  'src/providers/local/cards/card-design.ts': {
    designCard: narration((text) => designCard(picture(text, 1))),
    designLater: narration((text) =>
      designLater(picture(text, 1), [designCard(picture('', 1))], { text, start: 0, isPlain: true }),
    ),
    groundOf: 'takes colours and places of our own',
  },
  'src/providers/local/cards/scene-shots.ts': { shotsOf: 'takes times, and calls designLater' },
  'src/providers/local/cards/card-painter.ts': DRAWS,
  'src/providers/local/cards/card.ts': {},
  'src/providers/local/cards/composition.ts': NUMBERS,
  'src/providers/local/cards/lower-part.ts': DRAWS,
  'src/providers/local/cards/background.ts': DRAWS,
  'src/providers/local/cards/content/asserted-numbers.ts': {
    areAsserted: narration((text) => areAsserted(text, [], english)),
    modifierStart: 'subtracts two numbers',
  },
  'src/providers/local/cards/content/bars-card.ts': { barsIn: narration((text) => barsIn(text, english)) },
  'src/providers/local/cards/content/code-card.ts': {
    codeSeconds: 'subtracts times',
    codePlace: narration((text) =>
      codePlace({ code: text, lead: text }, { beside: PLACE, over: PLACE }, { frame: picture('', 1), fonts }),
    ),
    panelInks: 'takes colours of our own',
  },
  'src/providers/local/cards/content/content-context.ts': {},
  'src/providers/local/cards/content/content-overlays.ts': {
    contentOverlays: 'reads the beats that beatsOf makes, in sceneDesign',
    isShownWhole: 'called by sceneDesign',
  },
  'src/providers/local/cards/content/dated.ts': {
    datedListsIn: narration((text) => datedListsIn(statementsOf(text, english), text, english)),
    datedClausesIn: narration((text) => datedClausesIn(text, english)),
  },
  'src/providers/local/cards/content/definition-words.ts': 'data of our own',
  'src/providers/local/cards/content/definition.ts': {
    definitionIn: narration((text) =>
      [english, languageOf('de'), languageOf('zh')].map((one) => definitionIn(text, one)),
    ),
  },
  'src/providers/local/cards/content/enumeration.ts': {
    enumerationIn: narration((text) => enumerationIn(text, english)),
  },
  'src/providers/local/cards/content/figure-card.ts': { figureIn: narration((text) => figureIn(text, english)) },
  'src/providers/local/cards/content/list-content.ts': {
    listWithHosts: narration((text) =>
      listWithHosts({ lead: text, rows: text.split('\n').map((row) => ({ text: row, start: 0 })), isNumbered: false }),
    ),
  },
  'src/providers/local/cards/content/places.ts': 'takes numbers; doRowsFit reads its texts',
  'src/providers/local/cards/content/marked-words.ts': {
    markedWords: 'called by contentOverlays',
    longQuotation: narration((text) => longQuotation(`“${text}”`, { language: english, frame: PLACE.box, fonts })),
  },
  'src/providers/local/cards/content/quotation.ts': {
    quotationIn: narration((text) => quotationIn(text, english)),
    longQuotationIn: narration((text) => longQuotationIn(text, english)),
  },
  'src/providers/local/cards/content/seconds-of-offset.ts': NUMBERS,
  'src/providers/local/cards/content/series.ts': {
    seriesIn: narration((text) => seriesIn([{ label: '2000', text, start: 0 }], english)),
  },
  'src/providers/local/cards/content/statement-list.ts': {
    listsIn: narration((text) => listsIn(statementsOf(text, english), text, english)),
  },
  'src/providers/local/cards/joined-statements.ts': { joined: 'called by beatsOf' },
  'src/providers/local/cards/locations/chinese-locations.ts': {
    chineseLocations: narration((text) => chineseLocations(text, CHINESE_NAMES)),
  },
  'src/providers/local/cards/locations/cities.ts': 'data of our own',
  'src/providers/local/cards/locations/country-names.ts': {
    locationNames: 'reads data of our own',
    nameKey: narration((text) => nameKey(text, english)),
  },
  'src/providers/local/cards/locations/location-words.ts': 'data of our own',
  'src/providers/local/cards/locations/locations-in-text.ts': {
    locationsIn: narration((text) => locationsIn(text, ENGLISH_NAMES, english)),
  },
  'src/providers/local/cards/locations/other-names.ts': 'data of our own',
  'src/providers/local/cards/map-overlays.ts': {
    mapOverlays: 'called by sceneDesign',
    mapInks: 'takes colours of our own',
  },
  'src/providers/local/cards/motif-overlays.ts': {
    withoutTimesOf: 'takes times',
    motifOverlays: 'called by sceneDesign',
    discOverlays: 'takes times',
  },
  'src/providers/local/cards/motif-parts.ts': {
    motifParts: 'called by sceneDesign',
    mayStay: 'called by sceneDesign',
  },
  'src/providers/local/cards/scene-overlays.ts': {
    sceneDesign: narration((text) =>
      [0, 1, 2].map((index) => sceneDesign(picture(text, index), constantVoice(text, 'en'), fonts)),
    ),
    inksOf: 'takes colours of our own',
  },
  'src/providers/local/cards/look/visual-styles.ts': { visualStyleOf: narration((text) => visualStyleOf(text)) },
  'src/providers/local/cards/look/word-search.ts': {
    searched: narration((text) => searched(text)),
    wordCount: narration((text) => wordCount(searched(text), 'sea ocean* 海')),
  },
  'src/providers/local/cards/look/look-words.ts': 'data of our own',
  'src/providers/local/cards/look/scene-look.ts': {
    sceneLookOf: narration((text) => sceneLookOf(text, 'de')),
    settingsIn: narration((text) => settingsIn(text, 'de')),
  },
  'src/providers/local/cards/look/serious-words.ts': {
    isSerious: narration((text) => ['de', 'zh'].map((base) => isSerious(text, base))),
    isSober: narration((text) => ['de', 'zh'].map((base) => isSober(text, base))),
  },
  'src/providers/local/cards/film-contexts.ts': {
    filmContexts: narration((text) =>
      ['en', 'fr', 'zh-TW'].map((language) => filmContexts({ title: text, language, scenes: [{ narration: text }] })),
    ),
  },
  'src/providers/local/cards/subject-again.ts': {
    subjectOfFilm: 'called by filmContexts',
    subjectsAgain: 'called by filmContexts',
  },
  'src/providers/local/cards/unrelated-motifs.ts': { unrelatedMotifs: 'called by filmContexts' },
  'src/providers/local/cards/subject-words.ts': {
    characterIn: narration((text) => LANGUAGES.map((language) => characterIn(text, language))),
    nameBesideNoun: narration((text) => nameBesideNoun(text, '🦔', 'en')),
    titledNames: narration((text) => titledNames(text)),
    opensWithPronoun: narration((text) => opensWithPronoun(text, english)),
  },
  'src/providers/local/cards/thing-to-see.ts': {
    unrelatedIn: 'reads what filmContexts gives',
    hasThingToSee: narration((text) => hasThingToSee(picture(text, 1))),
    namesNothing: narration((text) => namesNothing(picture(text, 1))),
    isQuestion: narration((text) => isQuestion(text)),
  },
  'src/providers/local/cards/scene-scenery.ts': {
    laterScenery: 'called by designLater',
    isSeriousScene: narration((text) => isSeriousScene(picture(text, 1))),
    sceneryOf: 'called by designCard',
    closingScenery: 'called by designCard',
  },
  'src/providers/local/cards/look/look-warnings.ts': {
    styleWarning: narration((text) => styleWarning(text, 'en')),
    promptWarning: narration((text) => promptWarning(text, 'en')),
  },
  'src/providers/local/cards/order.ts': { variedOrder: 'takes lists of our own' },
  'src/providers/local/cards/palettes.ts': NUMBERS,
  'src/providers/local/cards/recipe.ts': { recipe: 'takes numbers' },
  'src/providers/local/cards/recipes.ts': 'data of our own',
  'src/providers/local/cards/lively-recipes.ts': 'data of our own',
  'src/providers/local/cards/quiet-recipes.ts': 'data of our own',
  'src/providers/local/cards/random.ts': { Random: 'takes a seed of our own' },
  'src/providers/local/cards/video-palette.ts': {
    recipeOf: 'takes numbers',
    highlightOf: narration((text) => highlightOf('a seed', text)),
  },
};
