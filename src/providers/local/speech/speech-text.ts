import { clausePieces, type Piece, sentencePieces } from '../../../language/spoken/pieces.ts';
import { removeUnreadable } from '../../../language/spoken/readable.ts';
import { type SpokenText, spokenText } from '../../../language/spoken/spoken-text.ts';
import type { Speech, SpeechRequest } from '../../ports.ts';
import { silence } from '../../voices/sound/silence.ts';
import type { BuiltInVoice } from './built-in-voice.ts';
import { joinPieces } from './join-pieces.ts';
import type { SpokenPiece } from './program/speech-process.ts';

/** A text prepared for the speech program. */
export interface PreparedSpeech {
  readonly spoken: SpokenText;
  readonly pieces: readonly Piece[];
  /** The text of each piece for the program; none if nothing is speakable. */
  readonly texts: readonly string[];
  readonly timed: 'words' | 'clauses';
}

/** A request, and the voice that was chosen for it. */
export interface TextToPrepare {
  readonly request: SpeechRequest;
  /** The language of the voice: a primary subtag. */
  readonly voiceLanguage: string;
  /** The BCP 47 tag whose rules give the spoken form: a British voice reads a text in "en" as a British text. */
  readonly region: string;
}

/** The text of a request for the voice that was chosen for it. */
export function textFor(request: SpeechRequest, voice: BuiltInVoice): TextToPrepare {
  const region = request.language.includes('-') ? request.language : (voice.languages[0] ?? request.language);
  return { request, voiceLanguage: voice.primary, region };
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
  prepare(text: TextToPrepare, signal: AbortSignal): Promise<PreparedSpeech>;
  /** May move the samples of the spoken pieces. */
  join(spoken: SpokenRequest, signal: AbortSignal): Promise<Speech>;
}

/** Runs them in the calling thread. */
export const directSpeechText: SpeechText = {
  prepare: prepareSpeech,
  join: async (spoken) => joinSpeech(spoken),
};

/** Throws UNSUPPORTED_LANGUAGE for a text that the voice cannot read. */
export async function prepareSpeech({ request, voiceLanguage, region }: TextToPrepare): Promise<PreparedSpeech> {
  const isChinese = voiceLanguage === 'zh';
  const readable = removeUnreadable(spokenText(request.text), voiceLanguage, request.language);
  // Loaded when it is needed: the rules and number words of all languages would stay in the memory of the API.
  const { spokenForm } = await import('../../../language/spoken/spoken-form.ts');
  const spoken = spokenForm(readable, region);
  const pieces = isChinese ? clausePieces(spoken) : sentencePieces(spoken);
  return {
    spoken,
    pieces,
    texts: pieces.map(({ start, end }) => spoken.text.slice(start, end)),
    timed: isChinese ? 'clauses' : 'words',
  };
}

/** One second of silence if nothing was spoken. */
export function joinSpeech({ request, prepared, spokenPieces }: SpokenRequest): Speech {
  const { spoken, pieces, timed } = prepared;
  return pieces.length === 0 ? silence(request.text) : joinPieces(request, spoken, pieces, spokenPieces, timed);
}
