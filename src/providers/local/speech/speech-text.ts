import { clausePieces, type Piece, sentencePieces } from '../../../language/spoken/pieces.ts';
import { removeUnreadable } from '../../../language/spoken/readable.ts';
import { type SpokenText, spokenText } from '../../../language/spoken/spoken-text.ts';
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
  prepare: prepareSpeech,
  join: async (spoken) => joinSpeech(spoken),
};

/** Throws UNSUPPORTED_LANGUAGE and UNKNOWN_VOICE. */
export async function prepareSpeech(request: SpeechRequest): Promise<PreparedSpeech> {
  const voice = chooseVoice(request.language, request.voiceId);
  const isChinese = voice.primary === 'zh';
  const spoken = await sayable(request, voice);
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

async function sayable(request: SpeechRequest, voice: EspeakVoice): Promise<SpokenText> {
  const cleaned = removeUnreadable(spokenText(request.text), voice.primary, request.language);
  // Loaded when it is needed: the rules and number words of all languages would stay in the memory of the API.
  const { spokenForm } = await import('../../../language/spoken/spoken-form.ts');
  return spokenForm(cleaned, regionOf(request.language, voice));
}

/** A British voice reads a text in "en" as a British text. */
function regionOf(language: string, voice: EspeakVoice): string {
  return language.includes('-') ? language : (voice.languages[0] ?? language);
}
