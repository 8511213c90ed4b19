import { sayableMandarin } from '../../../language/spoken/mandarin.ts';
import { clausePieces, type Piece, sentencePieces } from '../../../language/spoken/pieces.ts';
import { removeUnreadable } from '../../../language/spoken/readable.ts';
import { type SpokenText, spokenText } from '../../../language/spoken/spoken-text.ts';
import { sayableSymbols } from '../../../language/spoken/symbols.ts';
import type { Speech, SpeechRequest } from '../../ports.ts';
import type { SpokenPiece } from './espeak/espeak-process.ts';
import type { PieceRequest } from './espeak/frames.ts';
import { chooseVoice, type EspeakVoice, rateFor } from './espeak/voices.ts';
import { joinPieces, silence } from './join-pieces.ts';

/** A text prepared for the speech program. */
export interface PreparedSpeech {
  readonly spoken: SpokenText;
  readonly pieces: readonly Piece[];
  /** The request to the program: one text for each piece, none if nothing is speakable. */
  readonly pieceRequest: PieceRequest;
  readonly timed: 'words' | 'clauses';
}

/** The output of the program, with the request and its preparation. */
export interface SpokenRequest {
  readonly request: SpeechRequest;
  readonly prepared: PreparedSpeech;
  readonly spokenPieces: readonly SpokenPiece[];
}

/**
 * The steps of speech synthesis that process text and samples; LocalSpeechProvider runs them in the thread that its
 * options set.
 */
export interface SpeechText {
  prepare(request: SpeechRequest, signal: AbortSignal): Promise<PreparedSpeech>;
  /** May move the samples of the spoken pieces. */
  join(spoken: SpokenRequest, signal: AbortSignal): Promise<Speech>;
}

/** Runs them in the calling thread. */
export const directSpeechText: SpeechText = {
  prepare: async (request) => prepareSpeech(request),
  join: async (spoken) => joinSpeech(spoken),
};

/** Throws UNSUPPORTED_LANGUAGE and UNKNOWN_VOICE. */
export function prepareSpeech(request: SpeechRequest): PreparedSpeech {
  const voice = chooseVoice(request.language, request.voiceId);
  const isChinese = voice.primary === 'zh';
  const spoken = sayable(request, voice);
  const pieces = isChinese ? clausePieces(spoken) : sentencePieces(spoken);
  return {
    spoken,
    pieces,
    pieceRequest: {
      voice: voice.espeak,
      rate: rateFor(voice, request.speed),
      pitch: voice.pitch,
      range: voice.range,
      pieces: pieces.map(({ start, end }) => spoken.text.slice(start, end)),
    },
    timed: isChinese ? 'clauses' : 'words',
  };
}

/** One second of silence if nothing was spoken. */
export function joinSpeech({ request, prepared, spokenPieces }: SpokenRequest): Speech {
  const { spoken, pieces, timed } = prepared;
  return pieces.length === 0 ? silence(request) : joinPieces(request, spoken, pieces, spokenPieces, timed);
}

function sayable(request: SpeechRequest, voice: EspeakVoice): SpokenText {
  const cleaned = removeUnreadable(spokenText(request.text), voice.primary, request.language);
  return voice.primary === 'zh' ? sayableMandarin(cleaned) : sayableSymbols(cleaned, voice.primary);
}
