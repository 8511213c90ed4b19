import { cannotEndSentence } from '../../../src/providers/local/text/abbreviations.ts';
import { centrality } from '../../../src/providers/local/text/centrality.ts';
import { cleanText, hasContent, joinLines, joinText, paragraphsOf } from '../../../src/providers/local/text/clean.ts';
import { keyPhrases } from '../../../src/providers/local/text/key-phrases.ts';
import { keyWords, weigher } from '../../../src/providers/local/text/key-words.ts';
import { languageOf } from '../../../src/providers/local/text/language.ts';
import { OpenQuotes } from '../../../src/providers/local/text/quotes.ts';
import { dependsOnPrevious } from '../../../src/providers/local/text/references.ts';
import { cutAt, endsOfRuns } from '../../../src/providers/local/text/runs.ts';
import { sentencesOf } from '../../../src/providers/local/text/sentences.ts';
import { firstClause, shorten, withoutEnd } from '../../../src/providers/local/text/shorten.ts';
import { finishedSeconds, speakingSeconds } from '../../../src/providers/local/text/speaking-rate.ts';
import { isStopWord } from '../../../src/providers/local/text/stop-words.ts';
import { trimEnd } from '../../../src/providers/local/text/trim.ts';
import { documentFrequency, similarity, vectorsOf } from '../../../src/providers/local/text/vectors.ts';
import { contentKeys, graphemeCount, wordsOf } from '../../../src/providers/local/text/words.ts';
import { article, english, inBoth, NUMBERS, narration, type SubjectsByModule, script, short } from '../subject.ts';

/** The functions in src/providers/local/text. */
export const TEXT: SubjectsByModule = {
  'src/providers/local/text/abbreviations.ts': {
    cannotEndSentence: article((text) => cannotEndSentence(text, text.slice(0, 40), english)),
  },
  'src/providers/local/text/centrality.ts': {
    centrality: narration((text) => {
      const vectors = vectorsOf(Array.from(text.split(' '), (word) => [word]));
      return centrality(
        vectors,
        vectors.map(() => 1),
      );
    }),
  },
  'src/providers/local/text/clean.ts': {
    cleanText: article(cleanText),
    hasContent: article(hasContent),
    joinLines: article(joinLines),
    joinText: article((text) => joinText(text.split('a'))),
    paragraphsOf: article(paragraphsOf),
  },
  'src/providers/local/text/key-phrases.ts': {
    keyPhrases: script((text) => keyPhrases(text, new Map([['a', 1]]), 5, english)),
  },
  'src/providers/local/text/key-words.ts': {
    weigher: script(inBoth((text, language) => weigher([text], language)(text))),
    keyWords: script(inBoth((text, language) => keyWords(text, new Map(), 12, language))),
  },
  'src/providers/local/text/language.ts': { languageOf: short(languageOf) },
  'src/providers/local/text/quotes.ts': { OpenQuotes: article((text) => new OpenQuotes(english).read(text)) },
  'src/providers/local/text/references.ts': {
    dependsOnPrevious: script((text) =>
      ['en', 'de', 'fr', 'zh'].map((tag) => dependsOnPrevious(text, languageOf(tag))),
    ),
  },
  'src/providers/local/text/runs.ts': {
    endsOfRuns: article((text) => Array.from(endsOfRuns(text, /[.\s]+/gu, /\s/u))),
    cutAt: article((text) => cutAt(text, endsOfRuns(text, /[.\s]+/gu, /\s/u))),
  },
  'src/providers/local/text/sentences.ts': { sentencesOf: article(inBoth(sentencesOf)) },
  'src/providers/local/text/shorten.ts': {
    shorten: article((text) => shorten(text, 200, english)),
    firstClause: article((text) => firstClause(text, 70, english)),
    withoutEnd: article(withoutEnd),
  },
  'src/providers/local/text/speaking-rate.ts': {
    speakingSeconds: article((text) => speakingSeconds(text, english, 1)),
    finishedSeconds: article((text) => finishedSeconds([text], english, 1)),
    filmSeconds: NUMBERS,
  },
  'src/providers/local/text/stop-words.ts': { isStopWord: article((text) => isStopWord(text, english)) },
  'src/providers/local/text/trim.ts': { trimEnd: article((text) => trimEnd(text, /./u)) },
  'src/providers/local/text/vectors.ts': {
    vectorsOf: article((text) => vectorsOf([text.split(' '), text.split('a')])),
    documentFrequency: article((text) => documentFrequency([text.split(' '), text.split('a')])),
    similarity: article((text) => similarity(new Map([[text, 1]]), new Map([[text, 1]]))),
  },
  'src/providers/local/text/words.ts': {
    wordsOf: script(inBoth(wordsOf)),
    contentKeys: script((text) => contentKeys(text, english)),
    graphemeCount: script(graphemeCount),
  },
};
