import { sayAddresses } from '../../../src/language/spoken/addresses.ts';
import { foreignLettersIn, unreadableScript } from '../../../src/language/spoken/foreign-letters.ts';
import { nameGreekLetters } from '../../../src/language/spoken/greek-letters.ts';
import { digitWords } from '../../../src/language/spoken/languages/digit-words.ts';
import { AMERICAN } from '../../../src/language/spoken/languages/english.ts';
import { FRENCH } from '../../../src/language/spoken/languages/french.ts';
import { GERMAN } from '../../../src/language/spoken/languages/german.ts';
import { ITALIAN } from '../../../src/language/spoken/languages/italian.ts';
import { BRAZILIAN } from '../../../src/language/spoken/languages/portuguese.ts';
import { SPANISH } from '../../../src/language/spoken/languages/spanish.ts';
import { mandarinForm } from '../../../src/language/spoken/mandarin/mandarin.ts';
import {
  digitByDigit,
  mandarinNumber,
  simplifiedNumber,
} from '../../../src/language/spoken/mandarin/mandarin-numbers.ts';
import { mandarinReadings } from '../../../src/language/spoken/mandarin/mandarin-readings.ts';
import { numeralOf, romanValue, shifted } from '../../../src/language/spoken/numerals.ts';
import { clausePieces, sentencePieces } from '../../../src/language/spoken/pieces.ts';
import { removeUnreadable } from '../../../src/language/spoken/readable.ts';
import { camelWords, spelled } from '../../../src/language/spoken/rules/names.ts';
import { scan } from '../../../src/language/spoken/rules/scan.ts';
import { isSpeakable } from '../../../src/language/spoken/speakable.ts';
import { spokenForm } from '../../../src/language/spoken/spoken-form.ts';
import { rewrite, spokenText } from '../../../src/language/spoken/spoken-text.ts';
import { sayableSymbols } from '../../../src/language/spoken/symbols.ts';
import { tokensOf } from '../../../src/language/spoken/tokens.ts';
import { plainWords } from '../../../src/providers/local/speech/flite/plain-words.ts';
import { readPhones } from '../../../src/providers/local/speech/flite/segments.ts';
import { prepareSpeech } from '../../../src/providers/local/speech/speech-text.ts';
import { wordMarks } from '../../../src/providers/local/speech/word-marks.ts';
import { preparedText } from '../../../src/providers/voices/prepared-text.ts';
import { clauseTimings, silentTimings, wordTimings } from '../../../src/providers/voices/sound/timings.ts';
import { byteOffsets, markedUp } from '../../../src/providers/voices/ssml.ts';
import { estimatedParts } from '../../../src/providers/voices/timing/estimated-parts.ts';
import { locatedWords } from '../../../src/providers/voices/timing/located-words.ts';
import { spokenTokens } from '../../../src/providers/voices/timing/spoken-tokens.ts';
import { timedTokens } from '../../../src/providers/voices/timing/timed-tokens.ts';
import { article, marksIn, NUMBERS, narration, PROCESS, type SubjectsByModule } from '../subject.ts';

const ALL = [AMERICAN, GERMAN, FRENCH, SPANISH, BRAZILIAN, ITALIAN];
const BY_SCAN = 'called by scan';

/** Tables and rules of each language, which scan calls. */
const LANGUAGES: SubjectsByModule = Object.fromEntries(
  ['english', 'french', 'german', 'italian', 'portuguese', 'spanish']
    .flatMap((language) => [language, `${language}-rules`, `${language}-words`])
    .concat('english-codes', 'german-codes', 'books', 'calendar-names', 'mathematics', 'reference-words')
    .map((name) => [`src/language/spoken/languages/${name}.ts`, BY_SCAN]),
);

/** The functions in src/providers/local/speech. */
export const SPEECH: SubjectsByModule = {
  'src/providers/local/speech/espeak/espeak-child.ts': PROCESS,
  'src/providers/voices/sound/stretch.ts': { stretched: NUMBERS },
  'src/providers/local/speech/espeak/espeak-voices.ts': { espeakVoices: 'takes a language tag and an id' },
  'src/providers/local/speech/flite/file-image.ts': PROCESS,
  'src/providers/local/speech/flite/flite-child.ts': PROCESS,
  'src/providers/local/speech/flite/flite-voices.ts': { fliteVoices: 'takes a language tag and an id' },
  'src/providers/local/speech/flite/bare-module.ts': PROCESS,
  'src/providers/local/speech/flite/memory-wasi.ts': PROCESS,
  'src/providers/local/speech/flite/pauses.ts': { lengthenPauses: NUMBERS, withoutClosures: NUMBERS },
  'src/providers/local/speech/flite/plain-words.ts': { plainWords: narration(plainWords) },
  'src/providers/local/speech/flite/segments.ts': {
    PAUSE: 'a name',
    readPhones: narration(readPhones),
    readSegments: 'reads what Flite prints',
  },
  'src/providers/local/speech/flite/word-alignment.ts': {
    wordsOfPhones: 'takes the phones of one piece, at most 600 characters',
  },
  'src/providers/local/speech/flite/word-events.ts': { wordEvents: 'calls wordsOfPhones' },
  'src/providers/local/speech/built-in-voice.ts': { primaryOf: 'takes a language tag' },
  'src/providers/local/speech/program/frames.ts': { FrameReader: PROCESS, encodeFrame: PROCESS },
  'src/providers/local/speech/program/memory-image.ts': PROCESS,
  'src/providers/local/speech/program/serve-requests.ts': PROCESS,
  'src/providers/local/speech/program/speech-pool.ts': PROCESS,
  'src/providers/local/speech/program/speech-process.ts': PROCESS,
  'src/providers/local/speech/join-pieces.ts': {
    joinPieces: 'calls wordMarks, wordTimings and clauseTimings',
  },
  'src/language/spoken/mandarin/mandarin-numbers.ts': {
    digitByDigit: narration(digitByDigit),
    mandarinNumber: narration(mandarinNumber),
    simplifiedNumber: narration(simplifiedNumber),
  },
  'src/language/spoken/mandarin/mandarin.ts': {
    mandarinForm: narration((text) => [mandarinForm(spokenText(text), true), mandarinForm(spokenText(text), false)]),
  },
  'src/language/spoken/mandarin/mandarin-readings.ts': {
    mandarinReadings: narration((text) => mandarinReadings(spokenText(text))),
  },
  'src/language/spoken/mandarin/mandarin-words.ts': {},
  'src/language/spoken/mandarin/mandarin-references.ts': 'called by mandarinForm',
  'src/language/spoken/addresses.ts': {
    sayAddresses: narration((text) => sayAddresses(spokenText(text), AMERICAN.signs, (digits) => digits)),
  },
  'src/language/spoken/numerals.ts': {
    numeralOf: narration((text) => [numeralOf(text, '.'), numeralOf(text, ',')]),
    shifted: narration((text) => shifted({ whole: text, decimals: text, isGrouped: false }, 3)),
    isOne: 'compares',
    romanValue: narration(romanValue),
  },
  'src/language/spoken/tokens.ts': { tokensOf: narration((text) => [tokensOf(text, true), tokensOf(text, false)]) },
  'src/language/spoken/rules/scan.ts': {
    scan: narration((text) => ALL.map((language) => scan(spokenText(text), language))),
  },
  'src/language/spoken/rules/names.ts': {
    spelled: narration(spelled),
    camelWords: narration(camelWords),
    abbreviation: BY_SCAN,
    name: BY_SCAN,
    dot: BY_SCAN,
    slash: BY_SCAN,
    version: BY_SCAN,
  },
  'src/language/spoken/rules/references.ts': BY_SCAN,
  'src/language/spoken/rules/spans.ts': { span: BY_SCAN, ordinalSpan: BY_SCAN },
  'src/language/spoken/rules/reader.ts': { Reader: BY_SCAN, nounFor: NUMBERS },
  'src/language/spoken/rules/quantities.ts': { quantity: BY_SCAN },
  'src/language/spoken/rules/fractions.ts': { fraction: BY_SCAN },
  'src/language/spoken/rules/tails.ts': { currencyBefore: BY_SCAN, tailAt: BY_SCAN },
  'src/language/spoken/languages/digit-words.ts': {
    digitWords: narration((text) => digitWords(text, (digit) => digit)),
  },
  'src/language/spoken/languages/german-ordinals.ts': { germanOrdinal: 'takes a number and a word' },
  'src/language/spoken/languages/nouns.ts': { nouns: 'takes a table of our own' },
  'src/language/spoken/languages/capitalized.ts': { withCapitals: 'takes a table of our own' },
  ...LANGUAGES,
  'src/language/spoken/languages/ruled-language.ts': 'types',
  'src/language/spoken/languages/spoken-language.ts': 'types',
  'src/language/spoken/rules/calendar.ts': { date: BY_SCAN, time: BY_SCAN },
  'src/language/spoken/rules/signs.ts': { sign: BY_SCAN },
  'src/language/spoken/spoken-form.ts': {
    spokenForm: narration((text) => ['en', 'fr', 'zh', 'nl'].map((tag) => spokenForm(spokenText(text), tag))),
    spokenWords: 'called by spokenForm',
  },
  'src/providers/voices/sound/pcm.ts': { audibleRange: NUMBERS, samplesOf: NUMBERS, wavFile: NUMBERS },
  'src/language/spoken/pieces.ts': {
    clausePieces: narration((text) => clausePieces(spokenText(text))),
    sentencePieces: narration((text) => sentencePieces(spokenText(text))),
  },
  'src/language/spoken/foreign-letters.ts': {
    foreignLettersIn: article((text) => foreignLettersIn(text, 'en')),
    unreadableScript: article((text) => [unreadableScript(text, 'en'), unreadableScript(text, 'zh-TW')]),
  },
  'src/language/spoken/greek-letters.ts': {
    nameGreekLetters: narration((text) => nameGreekLetters(spokenText(text), 'en')),
    isUnitSign: 'compares',
  },
  'src/language/spoken/speakable.ts': {
    isSpeakable: article((text) => [isSpeakable(text, 'en'), isSpeakable(text, 'zh')]),
  },
  'src/language/spoken/readable.ts': {
    removeUnreadable: narration((text) => removeUnreadable(spokenText(text), 'en', 'en')),
  },
  'src/language/spoken/spoken-text.ts': {
    spokenText: narration(spokenText),
    SpokenTextBuilder: 'called by rewrite and scan',
    rewrite: narration((text) => rewrite(spokenText(text), /\S/gu, ([found]) => `${found} `)),
  },
  'src/providers/local/speech/speech-text.ts': {
    prepareSpeech: narration((text) =>
      prepareSpeech({ request: { text, language: 'en', speed: 1 }, voiceLanguage: 'en', region: 'en-US' }),
    ),
    textFor: 'copies',
    joinSpeech: 'calls joined',
  },
  'src/language/spoken/symbols.ts': {
    sayableSymbols: narration((text) => sayableSymbols(spokenText(text), 'nl')),
  },
  'src/providers/voices/external-speech.ts': 'calls preparedText, timedTokens and joinedSpeech',
  'src/providers/voices/joined-speech.ts': { joinedSpeech: 'calls wordTimings and clauseTimings' },
  'src/providers/voices/prepared-text.ts': {
    preparedText: narration((text) => preparedText({ text, language: 'en', speed: 1 })),
    partsWithin: 'takes pieces',
  },
  'src/providers/voices/service-answers.ts': 'reads what services answer',
  'src/providers/voices/sound-upload.ts': 'takes a sound',
  'src/providers/voices/ssml.ts': {
    markedUp: narration((text) => markedUp('<p>', text, '</p>')),
    byteOffsets: narration(byteOffsets),
    attribute: 'calls markedUp',
    unitAt: NUMBERS,
  },
  'src/providers/voices/timing/estimated-parts.ts': {
    estimatedParts: narration((text) => estimatedParts(text, { startSeconds: 0, endSeconds: 9 }, [])),
  },
  'src/providers/voices/heard-parts.ts': {
    counting: 'counts calls and reads no text',
    heardParts: 'calls locatedWords',
  },
  'src/providers/voices/timing/located-words.ts': {
    locatedWords: narration((text) =>
      locatedWords(text, [{ text: text.slice(text.length >> 1), startSeconds: 0, endSeconds: 9 }]),
    ),
  },
  'src/providers/voices/timing/pauses.ts': { pausesIn: NUMBERS, heardPauses: NUMBERS },
  'src/providers/voices/timing/spoken-tokens.ts': { spokenTokens: narration(spokenTokens) },
  'src/providers/voices/timing/timed-tokens.ts': {
    timedTokens: narration((text) =>
      timedTokens(
        text,
        Array.from(text, (_, at) => ({ start: at, end: at + 1, startSeconds: at })),
        { startSeconds: 0, endSeconds: 9 },
      ),
    ),
  },
  'src/providers/voices/transcription.ts': 'types',
  'src/providers/voices/voice-errors.ts': 'takes language tags',
  'src/providers/voices/voice-service.ts': 'types',
  'src/providers/voices/whisper-transcription.ts': 'takes a sound',
  'src/providers/voices/sound/silence.ts': { silence: 'calls silentTimings', SILENT_SAMPLE_RATE: 'a number' },
  'src/providers/voices/sound/timings.ts': {
    wordTimings: narration((text) => [wordTimings(text, marksIn(text), 9), wordTimings(text, [], 9)]),
    clauseTimings: narration((text) => clauseTimings(text, marksIn(text))),
    silentTimings: narration((text) => silentTimings(text, 9)),
  },
  'src/providers/local/speech/sherpa/check-model.ts': { checkModel: 'takes a voice' },
  'src/providers/local/speech/sherpa/sherpa-child.ts': PROCESS,
  'src/providers/local/speech/sherpa/sherpa-voices.ts': { sherpaVoices: 'takes a folder of the operator' },
  'src/providers/local/speech/voices.ts': {
    builtInVoices: 'a list',
    chooseVoice: 'takes a language tag and an id',
    voicesFor: 'takes a language tag',
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
};
