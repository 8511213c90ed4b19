import type { Speech, SpeechRequest } from '../../ports.ts';
import type { SpokenPiece } from './espeak/espeak-process.ts';
import type { PieceRequest } from './espeak/frames.ts';
import { chooseVoice, type EspeakVoice, rateFor } from './espeak/voices.ts';
import { joinPieces, silence } from './join-pieces.ts';
import { sayableMandarin } from './pronunciation/mandarin.ts';
import { clausePieces, type Piece, sentencePieces } from './pronunciation/pieces.ts';
import { removeUnreadable } from './pronunciation/readable.ts';
import { type SpokenText, spokenText } from './pronunciation/spoken-text.ts';
import { sayableSymbols } from './pronunciation/symbols.ts';

/** A text made ready for the speech program. */
export interface PreparedSpeech {
  readonly spoken: SpokenText;
  readonly pieces: readonly Piece[];
  /** What the program is asked to speak: one text for each piece, none where there is nothing to say. */
  readonly pieceRequest: PieceRequest;
  readonly timed: 'words' | 'clauses';
}

/** What the program has spoken, with the request and what was made of it. */
export interface SpokenRequest {
  readonly request: SpeechRequest;
  readonly prepared: PreparedSpeech;
  readonly spokenPieces: readonly SpokenPiece[];
}

/** The parts of speaking that are text and samples; LocalSpeechProvider runs them in the thread that its options name. */
export interface SpeechText {
  prepare(request: SpeechRequest, signal: AbortSignal): Promise<PreparedSpeech>;
  /** May take the samples of what was heard with it. */
  join(spoken: SpokenRequest, signal: AbortSignal): Promise<Speech>;
}

/** Does them in the calling thread. */
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

/** One second of silence where nothing was spoken. */
export function joinSpeech({ request, prepared, spokenPieces }: SpokenRequest): Speech {
  const { spoken, pieces, timed } = prepared;
  return pieces.length === 0 ? silence(request) : joinPieces(request, spoken, pieces, spokenPieces, timed);
}

function sayable(request: SpeechRequest, voice: EspeakVoice): SpokenText {
  const cleaned = removeUnreadable(spokenText(request.text), voice, request.language);
  return voice.primary === 'zh' ? sayableMandarin(cleaned) : sayableSymbols(cleaned, voice.primary);
}
