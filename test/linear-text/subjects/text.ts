import {
  cleanText,
  hasContent,
  inOneLine,
  joinLines,
  joinText,
  spaceBetween,
  trimLines,
} from '../../../src/language/clean.ts';
import { withHosts } from '../../../src/language/headlines/addresses.ts';
import { assertedTerms } from '../../../src/language/headlines/asserted.ts';
import { contradicts } from '../../../src/language/headlines/contradictions.ts';
import { beginningOf, clauseBeginningOf, cut, withoutLoosePunctuation } from '../../../src/language/headlines/cut.ts';
import { CARD_ROOM, headlinesOf } from '../../../src/language/headlines/headlines.ts';
import { namesPart } from '../../../src/language/headlines/part-names.ts';
import { chineseQualifiers, qualifierKindOf } from '../../../src/language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../src/language/headlines/qualifiers.ts';
import { firstClause, shorten, withoutEnd } from '../../../src/language/headlines/shorten.ts';
import { callsWrong, isVerdict, statementsOf } from '../../../src/language/headlines/statements.ts';
import { widthOf } from '../../../src/language/headlines/width.ts';
import { languageOf, primarySubtag } from '../../../src/language/language.ts';
import { modifierBefore } from '../../../src/language/quantities/modifiers.ts';
import { numbersIn } from '../../../src/language/quantities/numbers-in-text.ts';
import { nounAt, scaleAt, unitAt } from '../../../src/language/quantities/unit-patterns.ts';
import { withoutDividedWords } from '../../../src/language/repair/divided-words.ts';
import { withPlainFormulas } from '../../../src/language/repair/formulas.ts';
import { withoutMojibake, withWindowsMarks } from '../../../src/language/repair/mojibake.ts';
import { withPlainLetters } from '../../../src/language/repair/width.ts';
import { cutAt, endsOfRuns } from '../../../src/language/runs.ts';
import { cannotEndSentence, withoutElision } from '../../../src/language/sentences/abbreviations.ts';
import { beginsWithCondition, limitsPrevious } from '../../../src/language/sentences/conditions.ts';
import { dialogueIn, dialogueLines } from '../../../src/language/sentences/dialogue.ts';
import { gluedEnds } from '../../../src/language/sentences/glued.ts';
import { sentenceEndsOf } from '../../../src/language/sentences/inner-ends.ts';
import { areOneWord } from '../../../src/language/sentences/one-word.ts';
import { prohibits } from '../../../src/language/sentences/prohibitions.ts';
import { OpenQuotes } from '../../../src/language/sentences/quotes.ts';
import { ratiosIn } from '../../../src/language/sentences/ratios.ts';
import { dependsOnPrevious } from '../../../src/language/sentences/references.ts';
import { sentencesOf } from '../../../src/language/sentences/sentences.ts';
import { lacksSpeaker } from '../../../src/language/sentences/speakers.ts';
import { unbreakableSpans } from '../../../src/language/sentences/unbreakable.ts';
import { isUnit } from '../../../src/language/sentences/unit-words.ts';
import { finishedSeconds, speakingSeconds } from '../../../src/language/spoken/speaking-rate.ts';
import { trimEnd } from '../../../src/language/trim.ts';
import { centrality } from '../../../src/language/words/centrality.ts';
import { hanTies } from '../../../src/language/words/han-ties.ts';
import { keyWords, weigher } from '../../../src/language/words/key-words.ts';
import { lineEndsOf } from '../../../src/language/words/line-ends.ts';
import { partsOfName } from '../../../src/language/words/name-parts.ts';
import {
  beginsPhrase,
  deniesBack,
  endsBadly,
  isInsideConjunction,
  leadsOn,
  lineEndCost,
  opensPhrase,
} from '../../../src/language/words/phrase-words.ts';
import { isStopWord } from '../../../src/language/words/stop-words.ts';
import { opensSentence, termsOf } from '../../../src/language/words/terms.ts';
import { documentFrequency, similarity, vectorsOf } from '../../../src/language/words/vectors.ts';
import { divisionOf, isDivisible } from '../../../src/language/words/word-division.ts';
import { wordSegments } from '../../../src/language/words/word-segments.ts';
import { contentKeys, wordsOf } from '../../../src/language/words/words.ts';
import { article, english, inBoth, NUMBERS, narration, type SubjectsByModule, script, short } from '../subject.ts';

const CUT = { limit: 90, measure: widthOf, betweenClauses: true };

/** The functions in src/language. */
export const TEXT: SubjectsByModule = {
  'src/language/sentences/abbreviations.ts': {
    withoutElision: article((text) => withoutElision(text, 'it')),
    cannotEndSentence: article((text) => cannotEndSentence(text, text.slice(0, 40), english)),
  },
  'src/language/words/centrality.ts': {
    centrality: narration((text) => {
      const vectors = vectorsOf(Array.from(text.split(' '), (word) => [word]));
      return centrality(
        vectors,
        vectors.map(() => 1),
      );
    }),
  },
  'src/language/repair/divided-words.ts': {
    withoutDividedWords: article(withoutDividedWords),
    JOINS_HALVES: 'tested by withoutDividedWords',
  },
  'src/language/repair/formulas.ts': { withPlainFormulas: article(withPlainFormulas) },
  'src/language/repair/formula-symbols.ts': { SYMBOLS: 'a table', FUNCTIONS: 'a table' },
  'src/language/repair/mojibake.ts': {
    withWindowsMarks: article(withWindowsMarks),
    withoutMojibake: article(withoutMojibake),
  },
  'src/language/repair/width.ts': { withPlainLetters: article(withPlainLetters) },
  'src/language/clean.ts': {
    cleanText: article(cleanText),
    hasContent: article(hasContent),
    inOneLine: article(inOneLine),
    joinLines: article(joinLines),
    trimLines: article(trimLines),
    joinText: article((text) => joinText(text.split('a'))),
    spaceBetween: article((text) => spaceBetween(text, text)),
  },
  'src/language/headlines/addresses.ts': { withHosts: narration((text) => withHosts(text)?.offsetOf(text.length)) },
  'src/language/headlines/part-names.ts': { namesPart: narration(namesPart) },
  'src/language/headlines/asserted.ts': {
    assertedTerms: script(inBoth(assertedTerms)),
  },
  'src/language/headlines/cut.ts': {
    cut: script(inBoth((text, language) => cut(text, language, CUT))),
    withoutLoosePunctuation: script(withoutLoosePunctuation),
    clauseBeginningOf: script((text) => clauseBeginningOf(text, CARD_ROOM, english)),
    beginningOf: script((text) => beginningOf(text, 90, english, widthOf)),
  },
  'src/language/headlines/qualifier-words.ts': {
    chineseQualifiers: script((text) => [...chineseQualifiers(text)]),
    qualifierKindOf: script((text) => qualifierKindOf(text, 'en')),
    hasQualifierWords: 'takes a language tag',
  },
  'src/language/headlines/qualifiers.ts': {
    qualifiersIn: script(inBoth((text, language) => qualifiersIn(text, language))),
    wordSegmenter: 'takes a language',
  },
  'src/language/headlines/headlines.ts': {
    headlinesOf: script(inBoth((text, language) => headlinesOf(text, language, CARD_ROOM))),
  },
  'src/language/quantities/modifiers.ts': {
    modifierBefore: narration((text) => modifierBefore(text, text.length, 'en')),
  },
  'src/language/quantities/numbers-in-text.ts': { numbersIn: script(inBoth(numbersIn)) },
  'src/language/quantities/unit-patterns.ts': {
    unitAt: narration(unitAt),
    scaleAt: narration(scaleAt),
    nounAt: narration((text) => nounAt(text, 'en')),
  },
  'src/language/headlines/statements.ts': {
    callsWrong: script(callsWrong),
    statementsOf: script(inBoth(statementsOf)),
    takesBack: 'called by statementsOf',
    isVerdict: article(isVerdict),
  },
  'src/language/headlines/contradictions.ts': {
    contradicts: article(inBoth((text, language) => contradicts(`${text} not`, text, language))),
  },
  'src/language/headlines/width.ts': { widthOf: script(widthOf) },
  'src/language/words/terms.ts': {
    termsOf: script(inBoth(termsOf)),
    opensSentence: script((text) => opensSentence({ start: text.length }, text)),
  },
  'src/language/words/key-words.ts': {
    weigher: script(inBoth((text, language) => weigher([text], language)(text))),
    keyWords: script(inBoth((text, language) => keyWords(termsOf(text, language), text, new Map(), 12, language))),
  },
  'src/language/language.ts': { languageOf: short(languageOf), primarySubtag: short(primarySubtag) },
  'src/language/sentences/quotes.ts': { OpenQuotes: article((text) => new OpenQuotes(english).read(text)) },
  'src/language/sentences/references.ts': {
    dependsOnPrevious: script((text) =>
      ['en', 'de', 'fr', 'zh'].map((tag) => dependsOnPrevious(text, languageOf(tag))),
    ),
  },
  'src/language/runs.ts': {
    endsOfRuns: article((text) => Array.from(endsOfRuns(text, /[.\s]+/gu, /\s/u))),
    cutAt: article((text) => cutAt(text, endsOfRuns(text, /[.\s]+/gu, /\s/u))),
  },
  'src/language/sentences/abbreviation-lists.ts': { abbreviationsOf: 'takes a language' },
  'src/language/sentences/prohibitions.ts': {
    prohibits: article((text) =>
      ['en', 'de', 'fr', 'es', 'pt', 'it', 'zh'].map((tag) => prohibits(text, languageOf(tag))),
    ),
  },
  'src/language/sentences/speakers.ts': {
    lacksSpeaker: article(
      inBoth((text, language) => [lacksSpeaker(text, language), lacksSpeaker(`“${text}`, language)]),
    ),
  },
  'src/language/sentences/dialogue.ts': {
    dialogueIn: article((text) => [dialogueIn(text), dialogueIn(`– ${text.slice(0, 390)}`)]),
    dialogueLines: article((text) => dialogueLines(text.split('a').map((line) => `– ${line}`))),
  },
  'src/language/sentences/glued.ts': { gluedEnds: article((text) => Array.from(gluedEnds(text))) },
  'src/language/sentences/ratios.ts': {
    ratiosIn: article((text) => ['en', 'de', 'fr', 'es', 'pt', 'it'].map((base) => ratiosIn(text, base))),
  },
  'src/language/sentences/unbreakable.ts': {
    unbreakableSpans: article((text) => [unbreakableSpans(text, 'en'), unbreakableSpans(text, 'de')]),
  },
  'src/language/sentences/conditions.ts': {
    beginsWithCondition: article((text) => beginsWithCondition(text, 'en')),
    limitsPrevious: article((text) => limitsPrevious(text, 'en')),
  },
  'src/language/sentences/inner-ends.ts': { sentenceEndsOf: article(inBoth(sentenceEndsOf)) },
  'src/language/sentences/one-word.ts': {
    areOneWord: article((text) => [
      areOneWord(text, '5', 'en'),
      areOneWord('5', text, 'en'),
      areOneWord(text, text, 'en'),
    ]),
  },
  'src/language/sentences/unit-words.ts': { isUnit: article((text) => isUnit(text, 'en')) },
  'src/language/sentences/sentences.ts': { sentencesOf: article(inBoth(sentencesOf)) },
  'src/language/headlines/shorten.ts': {
    shorten: article((text) => shorten(text, 200, english)),
    firstClause: article((text) => firstClause(text, 70, english)),
    withoutEnd: article(withoutEnd),
  },
  'src/language/spoken/speaking-rate.ts': {
    speakingSeconds: article((text) => speakingSeconds(text, english, 1)),
    finishedSeconds: article((text) => finishedSeconds([text], english, 1)),
    filmSeconds: NUMBERS,
  },
  'src/language/words/han-ties.ts': {
    hanTies: narration((text) => hanTies(text, new Intl.Segmenter('zh', { granularity: 'word' }).segment(text))),
  },
  'src/language/words/phrase-words.ts': {
    leadsOn: narration((text) => leadsOn(text, 'en')),
    opensPhrase: narration((text) => opensPhrase(text, 'en')),
    deniesBack: narration((text) => deniesBack(text, 'en')),
    beginsPhrase: narration((text) => [beginsPhrase(text, text, 'en'), beginsPhrase(text, text, 'zh')]),
    isInsideConjunction: narration((text) => isInsideConjunction(text, text, 'en')),
    endsBadly: narration((text) => endsBadly(text, text, 'en')),
    lineEndCost: narration((text) => lineEndCost(text, text, 'en')),
  },
  'src/language/words/word-segments.ts': {
    wordSegments: narration(inBoth((text, { tag }) => wordSegments(text, tag))),
  },
  'src/language/words/line-ends.ts': { lineEndsOf: narration(inBoth((text, { tag }) => lineEndsOf(text, tag))) },
  'src/language/words/name-parts.ts': { partsOfName: article((text) => [partsOfName(text), partsOfName(`${text}.a`)]) },
  'src/language/words/word-division.ts': {
    isDivisible: article(isDivisible),
    divisionOf: script((text) => divisionOf(Array.from(text), 0, text.length)),
  },
  'src/language/words/stop-words.ts': { isStopWord: article((text) => isStopWord(text, english)) },
  'src/language/trim.ts': { trimEnd: article((text) => trimEnd(text, /./u)) },
  'src/language/words/vectors.ts': {
    vectorsOf: article((text) => vectorsOf([text.split(' '), text.split('a')])),
    documentFrequency: article((text) => documentFrequency([text.split(' '), text.split('a')])),
    similarity: article((text) => similarity(new Map([[text, 1]]), new Map([[text, 1]]))),
  },
  'src/language/words/words.ts': {
    wordsOf: script(inBoth(wordsOf)),
    contentKeys: script((text) => contentKeys(text, english)),
  },
};
