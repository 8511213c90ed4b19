import { guessLanguage } from '../../src/cli/making/guess-language.ts';
import { slugOf } from '../../src/cli/making/out-file.ts';
import { clip } from '../../src/cli/making/render.ts';
import { emojiIn, withoutEmoji } from '../../src/drawing/emoji.ts';
import { fitText, type Pen } from '../../src/drawing/fit-text.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import { balancedLines, breakLines, unitsOf } from '../../src/drawing/line-break.ts';
import { skia } from '../../src/drawing/skia.ts';
import { atomsOf } from '../../src/media/caption-atoms.ts';
import { CaptionClock } from '../../src/media/caption-clock.ts';
import { toAss, toSrt, toVtt } from '../../src/media/caption-files.ts';
import { broken } from '../../src/media/caption-hard-break.ts';
import { CaptionPainter } from '../../src/media/caption-picture.ts';
import { columnsOf, glyphsOf, isEastAsian } from '../../src/media/caption-width.ts';
import { cuesFor } from '../../src/media/captions.ts';
import { chaptersOf } from '../../src/providers/local/analysing/chapters.ts';
import { summaryOf } from '../../src/providers/local/analysing/summary.ts';
import { tagsOf } from '../../src/providers/local/analysing/tags.ts';
import { LocalAnalyst } from '../../src/providers/local/analyst.ts';
import { designCard } from '../../src/providers/local/cards/card-design.ts';
import { letterCard } from '../../src/providers/local/cards/card-painter.ts';
import { clausesOf, spanOf } from '../../src/providers/local/cards/clauses.ts';
import { keyWordsOf } from '../../src/providers/local/cards/key-words.ts';
import { motifFor } from '../../src/providers/local/cards/motifs.ts';
import { fitRequestOf, settingOf } from '../../src/providers/local/cards/type-scale.ts';
import { sayableMandarin } from '../../src/providers/local/speech/mandarin.ts';
import { digitByDigit, mandarinNumber } from '../../src/providers/local/speech/mandarin-numbers.ts';
import { clausePieces, sentencePieces } from '../../src/providers/local/speech/pieces.ts';
import { onlyReadable } from '../../src/providers/local/speech/readable.ts';
import { rewrite, spokenText } from '../../src/providers/local/speech/spoken-text.ts';
import { sayableSymbols } from '../../src/providers/local/speech/symbols.ts';
import { clauseTimings, type Mark, silentTimings, wordTimings } from '../../src/providers/local/speech/timings.ts';
import { chooseVoice } from '../../src/providers/local/speech/voices.ts';
import { wordMarks } from '../../src/providers/local/speech/word-marks.ts';
import { cannotEndSentence } from '../../src/providers/local/text/abbreviations.ts';
import { centrality } from '../../src/providers/local/text/centrality.ts';
import { cleanText, hasContent, joinLines, joinText, paragraphsOf } from '../../src/providers/local/text/clean.ts';
import { keyPhrases } from '../../src/providers/local/text/key-phrases.ts';
import { keyWords, weigher } from '../../src/providers/local/text/key-words.ts';
import { languageOf } from '../../src/providers/local/text/language.ts';
import { OpenQuotes } from '../../src/providers/local/text/quotes.ts';
import { leansOnPrevious } from '../../src/providers/local/text/references.ts';
import { cutAt, endsOfRuns } from '../../src/providers/local/text/runs.ts';
import { sentencesOf } from '../../src/providers/local/text/sentences.ts';
import { firstClause, shorten, withoutEnd } from '../../src/providers/local/text/shorten.ts';
import { finishedSeconds, speakingSeconds } from '../../src/providers/local/text/speaking-rate.ts';
import { isStopWord } from '../../src/providers/local/text/stop-words.ts';
import { trimEnd } from '../../src/providers/local/text/trim.ts';
import { documentFrequency, similarity, vectorsOf } from '../../src/providers/local/text/vectors.ts';
import { contentKeys, graphemeCount, wordsOf } from '../../src/providers/local/text/words.ts';
import { LocalWriter } from '../../src/providers/local/writer.ts';
import { adjust } from '../../src/providers/local/writing/adjust.ts';
import { candidatesOf, isArticleHeading, withParagraphs } from '../../src/providers/local/writing/article.ts';
import { evenRuns } from '../../src/providers/local/writing/balance.ts';
import { bundlesOf, chainEndsOf, union } from '../../src/providers/local/writing/bundles.ts';
import { condense } from '../../src/providers/local/writing/condense.ts';
import { withoutMarks } from '../../src/providers/local/writing/inline-marks.ts';
import { blocksOf } from '../../src/providers/local/writing/markdown.ts';
import { outlineOf } from '../../src/providers/local/writing/outline.ts';
import { groupIntoScenes } from '../../src/providers/local/writing/scene-groups.ts';
import { scriptScenes } from '../../src/providers/local/writing/script-scenes.ts';
import { choose } from '../../src/providers/local/writing/selection.ts';
import { titleOf } from '../../src/providers/local/writing/title.ts';
import { visualPrompts } from '../../src/providers/local/writing/visual-prompt.ts';
import { distinct, Faults, faultsOf, LIMITS, sourceOf, tidy } from '../../src/services/new-video.ts';
import { characterAt, characterBefore, normalized } from '../../src/unicode.ts';
import type { Task } from './growth.ts';

/** An exported function as the test calls it, with the length of the longest text that reaches it (UTF-16 units). */
export interface Subject {
  readonly task: Task;
  readonly limit: number;
}

/** For each export of a module how to call it, or why no text of users reaches it. */
type Subjects = Readonly<Record<string, Subject | string>>;

const english = languageOf('en');
const chinese = languageOf('zh-TW');
const never = new AbortController().signal;
const fonts = new FontBook();

/** A text that a code point limit lets through may have twice as many UTF-16 units. */
const article = (task: Task): Subject => ({ task, limit: LIMITS.article });
const script = (task: Task): Subject => ({ task, limit: LIMITS.script });
const narration = (task: Task): Subject => ({ task, limit: 4 * LIMITS.narration });
/** Of an article, too, but slow for other reasons: what it is made of is tested with whole articles. */
const part = (task: Task): Subject => ({ task, limit: LIMITS.article / 4 });
const short = (task: Task): Subject => ({ task, limit: LIMITS.topic });

const inBoth =
  (task: (text: string, language: typeof english) => unknown): Task =>
  (text) => [task(text, english), task(text, chinese)];

/** Candidates with little work for each sentence, to see what is done with many. */
const candidates = (text: string) =>
  Array.from(text, (character, index) => ({
    text: character,
    paragraph: 0,
    vector: new Map([[character, 1]]),
    worth: 1 + (index % 7),
    seconds: 0.4,
    leans: index > 0 && /[a-zＡ-ﾟ]/u.test(character),
  }));
const measure = ({ seconds }: { readonly seconds: number }) => seconds;

const marksIn = (text: string): Mark[] =>
  Array.from(text.matchAll(/\S/gu), ({ index }) => ({ offset: index, startSeconds: index, endSeconds: index + 1 }));
const unitsIn = (text: string) =>
  marksIn(text).map(({ offset, startSeconds, endSeconds }) => ({
    textStart: offset,
    textEnd: offset + 1,
    startSeconds,
    endSeconds,
  }));
const cuesIn = (text: string) => cuesFor(unitsIn(text), text, 'en');

const timed = (text: string) => [
  { narration: text.slice(0, text.length / 2), startSeconds: 0, durationSeconds: 20 },
  { narration: text.slice(text.length / 2), startSeconds: 20, durationSeconds: 20 },
];

const write = (kind: 'script' | 'article', language: string): Task => {
  const writer = new LocalWriter();
  return (text) => writer.writeScript({ source: { kind, text }, language, speed: 1 }, never);
};
const picture = (text: string, index: number) => ({
  prompt: text.slice(0, LIMITS.visualPrompt),
  narration: text,
  title: text.slice(0, LIMITS.title),
  language: 'en',
  index,
  count: 3,
  seed: 'seed',
  width: 320,
  height: 180,
  captionSafeHeight: 0,
});
const pen = (): Pen => ({ ctx: skia().createCanvas(320, 180).getContext('2d'), fonts });
const lineMeasure = (text: string) => text.length;
const input = (text: string) =>
  ({
    article: text,
    title: text,
    tags: [text],
    language: 'en',
    aspectRatio: 'LANDSCAPE_16_9',
    resolution: 'HD_720',
    burnInCaptions: true,
  }) as const;
const abilities = { speaks: () => true, writes: () => true, hasVoice: () => true, titleOf: () => '', musicMoods: [] };

const NUMBERS = 'takes numbers';
const DRAWS = 'draws shapes; words come from letterCard';
const PROCESS = 'talks to the speech program; its texts come from the functions above';

/** Every module that handles texts of users, by its path. A string stands for the whole module. */
export const SUBJECTS: Readonly<Record<string, Subjects | string>> = {
  'src/unicode.ts': {
    normalized: article((text) => [normalized(text, 'NFC'), normalized(text, 'NFKC')]),
    characterAt: article((text) => characterAt(text, text.length - 1)),
    characterBefore: article((text) => characterBefore(text, text.length)),
  },
  'src/services/new-video.ts': {
    tidy: article(tidy),
    distinct: article((text) => distinct([text, text])),
    Faults: article((text) => new Faults().length(text, 100, 'article')),
    faultsOf: script((text) => faultsOf({ ...input(text), script: text }, abilities)),
    sourceOf: article((text) => sourceOf(input(text))),
  },
  'src/cli/making/guess-language.ts': { guessLanguage: article(guessLanguage) },
  'src/cli/making/out-file.ts': {
    slugOf: narration(slugOf),
    checkWish: 'takes a path of the person who runs the program',
    save: 'writes a stream',
  },
  'src/cli/making/render.ts': {
    clip: narration((text) => clip(text, 80)),
    duration: NUMBERS,
    render: 'sets clipped texts into lines',
  },
  'src/drawing/emoji.ts': { emojiIn: script(emojiIn), withoutEmoji: script((text) => withoutEmoji(text)) },
  'src/drawing/fit-text.ts': {
    fitText: narration((text) =>
      fitText(pen(), {
        text,
        language: 'en',
        weight: 900,
        width: 160,
        height: 90,
        largest: 20,
        smallest: 12,
        maxLines: 3,
        lineHeight: 1.1,
      }),
    ),
  },
  'src/drawing/font-book.ts': { FontBook: narration((text) => fonts.covers(text)) },
  'src/drawing/font-coverage.ts': { FontCoverage: 'called by FontBook' },
  'src/drawing/line-break.ts': {
    unitsOf: script(inBoth((text, { tag }) => unitsOf(text, tag))),
    breakLines: narration((text) => breakLines(unitsOf(text, 'en'), 40, lineMeasure)),
    balancedLines: narration((text) => balancedLines(unitsOf(text, 'en'), 40, lineMeasure)),
  },
  'src/drawing/skia.ts': { skia: 'takes nothing' },
  'src/media/caption-artist.ts': {},
  'src/media/caption-atoms.ts': { atomsOf: narration(inBoth((text, { tag }) => atomsOf(text, tag, tag !== 'en'))) },
  'src/media/caption-clock.ts': {
    CaptionClock: narration((text) => {
      const clock = new CaptionClock(unitsIn(text), text);
      for (let offset = 0; offset < text.length; offset += 1) clock.startOf(offset) + clock.endOf(offset);
    }),
  },
  'src/media/caption-files.ts': {
    toSrt: narration((text) => toSrt([{ startSeconds: 0, endSeconds: 1, lines: [text] }])),
    toVtt: narration((text) => toVtt([{ startSeconds: 0, endSeconds: 1, lines: [text] }])),
    toAss: narration((text) =>
      toAss([{ startSeconds: 0, endSeconds: 1, lines: [text] }], { width: 9, height: 9 }, 'en'),
    ),
  },
  'src/media/caption-hard-break.ts': { broken: narration((text) => broken(glyphsOf(text, false))) },
  'src/media/caption-layout.ts': { bestCues: 'called by cuesFor' },
  'src/media/caption-picture.ts': {
    CaptionPainter: {
      limit: 500,
      task: async (text) => {
        const painter = new CaptionPainter(fonts);
        for (const cue of cuesIn(text).slice(0, 1)) await painter.paint(cue, { width: 320, height: 180 }, 'en');
      },
    },
    captionSafeHeight: NUMBERS,
  },
  'src/media/caption-width.ts': {
    columnsOf: narration((text) => columnsOf(text, true)),
    glyphsOf: narration((text) => glyphsOf(text, true)),
    isEastAsian: narration(isEastAsian),
  },
  'src/media/captions.ts': {
    cuesFor: narration((text) => [cuesIn(text), cuesFor(unitsIn(text).slice(0, 1), text, 'zh')]),
    shiftCues: 'moves times',
  },
  'src/providers/local/analyst.ts': {
    LocalAnalyst: part(async (text) => {
      for (const language of ['en', 'zh'])
        await new LocalAnalyst().analyse({ title: text.slice(0, LIMITS.title), language, scenes: timed(text) }, never);
    }),
  },
  'src/providers/local/artist.ts': { LocalArtist: 'calls designCard, paintPicture, letterCard and paintWords' },
  'src/providers/local/canceled.ts': { throwIfCanceled: 'takes a signal' },
  'src/providers/local/voice.ts': { LocalVoice: 'calls the functions of speech/ one after another' },
  'src/providers/local/writer.ts': {
    LocalWriter: part(async (text) => {
      await write('script', 'en')(text.slice(0, LIMITS.script));
      await write('article', 'en')(text);
      await write('article', 'zh')(text);
    }),
  },
  'src/providers/local/analysing/chapters.ts': { chaptersOf: part((text) => chaptersOf(timed(text), english)) },
  'src/providers/local/analysing/summary.ts': { summaryOf: part((text) => summaryOf([text], english)) },
  'src/providers/local/analysing/tags.ts': { tagsOf: part((text) => tagsOf(text.slice(0, 200), [text], english)) },
  'src/providers/local/cards/card-design.ts': {
    designCard: narration((text) => [0, 1, 2].map((index) => designCard(picture(text, index), fonts))),
  },
  'src/providers/local/cards/card-painter.ts': {
    letterCard: narration((text) => letterCard(pen(), designCard(picture(text, 1), fonts), picture(text, 1))),
    paintPicture: DRAWS,
  },
  'src/providers/local/cards/card.ts': {},
  'src/providers/local/cards/clauses.ts': {
    clausesOf: narration(inBoth((text, { tag }) => clausesOf(text, tag))),
    spanOf: narration((text) => clausesOf(text, 'en').map((clause) => spanOf(clause.text, clause.tokens))),
  },
  'src/providers/local/cards/colour.ts': NUMBERS,
  'src/providers/local/cards/composition.ts': NUMBERS,
  'src/providers/local/cards/ground.ts': DRAWS,
  'src/providers/local/cards/key-words.ts': { keyWordsOf: narration(inBoth((text, { tag }) => keyWordsOf(text, tag))) },
  'src/providers/local/cards/lettering.ts': { letter: 'called by letterCard' },
  'src/providers/local/cards/marks.ts': DRAWS,
  'src/providers/local/cards/motifs.ts': { motifFor: narration(motifFor) },
  'src/providers/local/cards/palettes.ts': NUMBERS,
  'src/providers/local/cards/random.ts': { Random: 'takes a seed of our own' },
  'src/providers/local/cards/shapes.ts': DRAWS,
  'src/providers/local/cards/stop-words.ts': { stopWordsOf: 'takes a language tag', jointsOf: 'takes a language tag' },
  'src/providers/local/cards/type-scale.ts': {
    settingOf: narration((text) => settingOf('headline', text)),
    fitRequestOf: narration((text) => fitRequestOf('headline', text, 'en', { x: 0, y: 0, width: 9, height: 9 }, 9)),
  },
  'src/providers/local/cards/words-painter.ts': DRAWS,
  'src/providers/local/speech/espeak-child.ts': PROCESS,
  'src/providers/local/speech/espeak-pool.ts': PROCESS,
  'src/providers/local/speech/espeak-process.ts': PROCESS,
  'src/providers/local/speech/frames.ts': { FrameReader: PROCESS, encodeFrame: PROCESS },
  'src/providers/local/speech/joined.ts': {
    joined: 'calls wordMarks, wordTimings and clauseTimings',
    silence: 'the same',
  },
  'src/providers/local/speech/mandarin-numbers.ts': {
    digitByDigit: narration(digitByDigit),
    mandarinNumber: narration(mandarinNumber),
  },
  'src/providers/local/speech/mandarin.ts': { sayableMandarin: narration((text) => sayableMandarin(spokenText(text))) },
  'src/providers/local/speech/pcm.ts': { heardPart: NUMBERS, samplesOf: NUMBERS, wavFile: NUMBERS },
  'src/providers/local/speech/pieces.ts': {
    clausePieces: narration((text) => clausePieces(spokenText(text))),
    sentencePieces: narration((text) => sentencePieces(spokenText(text))),
  },
  'src/providers/local/speech/readable.ts': {
    onlyReadable: narration((text) => onlyReadable(spokenText(text), chooseVoice('en', undefined), 'en')),
  },
  'src/providers/local/speech/spoken-text.ts': {
    spokenText: narration(spokenText),
    rewrite: narration((text) => rewrite(spokenText(text), /\S/gu, ([found]) => `${found} `)),
  },
  'src/providers/local/speech/symbols.ts': {
    sayableSymbols: narration((text) => sayableSymbols(spokenText(text), 'en')),
  },
  'src/providers/local/speech/timings.ts': {
    wordTimings: narration((text) => [wordTimings(text, marksIn(text), 9), wordTimings(text, [], 9)]),
    clauseTimings: narration((text) => clauseTimings(text, marksIn(text))),
    silentTimings: narration((text) => silentTimings(text, 9)),
  },
  'src/providers/local/speech/voices.ts': {
    chooseVoice: 'takes a language tag and an id',
    voicesFor: 'takes a language tag',
    rateFor: NUMBERS,
  },
  'src/providers/local/speech/word-marks.ts': {
    wordMarks: narration((text) =>
      wordMarks(
        text,
        Array.from(text, (one, index) => [one === 'a' ? 'phoneme' : 'word', index, index, 1] as const),
        9,
      ),
    ),
  },
  'src/providers/local/text/abbreviations.ts': {
    cannotEndSentence: article((text) => cannotEndSentence(text, text.slice(0, 40), english)),
  },
  'src/providers/local/text/centrality.ts': {
    centrality: part((text) => {
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
    leansOnPrevious: script((text) => ['en', 'de', 'fr', 'zh'].map((tag) => leansOnPrevious(text, languageOf(tag)))),
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
  'src/providers/local/writing/adjust.ts': {
    adjust: script((text) => {
      const all = candidates(text);
      const chosen = all.map((_, index) => index).filter((index) => index % 2 === 0);
      return adjust(all, bundlesOf(all), chosen, 0.6 * all.length, measure);
    }),
    totalsOf: 'sums up numbers',
  },
  'src/providers/local/writing/article.ts': {
    candidatesOf: part((text) => candidatesOf(blocksOf(text), english, 1)),
    isArticleHeading: article((text) => isArticleHeading({ heading: false, level: 0, text })),
    withParagraphs: article(withParagraphs),
  },
  'src/providers/local/writing/balance.ts': {
    evenRuns: script((text) =>
      evenRuns(
        Array.from(text, (one) => (one === 'a' ? 0.01 : 0.1)),
        1,
      ),
    ),
  },
  'src/providers/local/writing/bundles.ts': {
    bundlesOf: article((text) => bundlesOf(candidates(text))),
    chainEndsOf: article((text) => chainEndsOf(candidates(text))),
    worthOf: 'sums up numbers',
    union: article((text) =>
      union(
        Array.from(text, (_, index) => index),
        [0, 1],
      ),
    ),
  },
  'src/providers/local/writing/condense.ts': {
    condense: part((text) => [
      condense(blocksOf(text), english, 60, 1),
      // As long as a film may be.
      condense(blocksOf(text.slice(0, LIMITS.script)), english, 1_800, 1),
    ]),
  },
  'src/providers/local/writing/inline-marks.ts': { withoutMarks: article(withoutMarks) },
  'src/providers/local/writing/markdown.ts': { blocksOf: article(blocksOf) },
  'src/providers/local/writing/outline-texts.ts': {},
  'src/providers/local/writing/outline.ts': {
    outlineOf: short((text) => outlineOf(text, english, undefined, 1)),
    hasOutline: 'takes a language tag',
  },
  'src/providers/local/writing/scene-groups.ts': {
    groupIntoScenes: script((text) => {
      const all = candidates(text);
      return groupIntoScenes(
        all,
        all.map((_, index) => index),
      );
    }),
  },
  'src/providers/local/writing/script-scenes.ts': {
    scriptScenes: script(inBoth((text, language) => scriptScenes(blocksOf(text), language, 1))),
  },
  'src/providers/local/writing/selection.ts': {
    choose: script((text) => choose(candidates(text), 20, measure)),
  },
  'src/providers/local/writing/title.ts': {
    titleOf: article((text) => titleOf([{ heading: false, level: 0, text }], english)),
  },
  'src/providers/local/writing/visual-prompt.ts': {
    visualPrompts: part((text) => visualPrompts(timed(text), text.slice(0, 200), english)),
  },
};
