import { sayableMandarin } from '../../../src/language/spoken/mandarin.ts';
import { digitByDigit, mandarinNumber } from '../../../src/language/spoken/mandarin-numbers.ts';
import { clausePieces, sentencePieces } from '../../../src/language/spoken/pieces.ts';
import { removeUnreadable } from '../../../src/language/spoken/readable.ts';
import { rewrite, spokenText } from '../../../src/language/spoken/spoken-text.ts';
import { sayableSymbols } from '../../../src/language/spoken/symbols.ts';
import { prepareSpeech } from '../../../src/providers/local/speech/speech-text.ts';
import { clauseTimings, silentTimings, wordTimings } from '../../../src/providers/local/speech/timings.ts';
import { wordMarks } from '../../../src/providers/local/speech/word-marks.ts';
import { marksIn, NUMBERS, narration, PROCESS, type SubjectsByModule } from '../subject.ts';

/** The functions in src/providers/local/speech. */
export const SPEECH: SubjectsByModule = {
  'src/providers/local/speech/espeak/espeak-child.ts': PROCESS,
  'src/providers/local/speech/espeak/espeak-pool.ts': PROCESS,
  'src/providers/local/speech/espeak/espeak-process.ts': PROCESS,
  'src/providers/local/speech/espeak/frames.ts': { FrameReader: PROCESS, encodeFrame: PROCESS },
  'src/providers/local/speech/join-pieces.ts': {
    joinPieces: 'calls wordMarks, wordTimings and clauseTimings',
    silence: 'the same',
  },
  'src/language/spoken/mandarin-numbers.ts': {
    digitByDigit: narration(digitByDigit),
    mandarinNumber: narration(mandarinNumber),
  },
  'src/language/spoken/mandarin.ts': {
    sayableMandarin: narration((text) => sayableMandarin(spokenText(text))),
  },
  'src/providers/local/speech/pcm.ts': { audibleRange: NUMBERS, samplesOf: NUMBERS, wavFile: NUMBERS },
  'src/language/spoken/pieces.ts': {
    clausePieces: narration((text) => clausePieces(spokenText(text))),
    sentencePieces: narration((text) => sentencePieces(spokenText(text))),
  },
  'src/language/spoken/readable.ts': {
    removeUnreadable: narration((text) => removeUnreadable(spokenText(text), 'en', 'en')),
  },
  'src/language/spoken/spoken-text.ts': {
    spokenText: narration(spokenText),
    rewrite: narration((text) => rewrite(spokenText(text), /\S/gu, ([found]) => `${found} `)),
  },
  'src/providers/local/speech/speech-text.ts': {
    prepareSpeech: narration((text) => prepareSpeech({ text, language: 'en', speed: 1 })),
    joinSpeech: 'calls joined',
  },
  'src/language/spoken/symbols.ts': {
    sayableSymbols: narration((text) => sayableSymbols(spokenText(text), 'en')),
  },
  'src/providers/local/speech/timings.ts': {
    wordTimings: narration((text) => [wordTimings(text, marksIn(text), 9), wordTimings(text, [], 9)]),
    clauseTimings: narration((text) => clauseTimings(text, marksIn(text))),
    silentTimings: narration((text) => silentTimings(text, 9)),
  },
  'src/providers/local/speech/espeak/voices.ts': {
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
};
