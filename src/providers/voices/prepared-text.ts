import { languageOf } from '../../language/language.ts';
import { clausePieces, type Piece, sentencePieces } from '../../language/spoken/pieces.ts';
import { type SpokenText, spokenText } from '../../language/spoken/spoken-text.ts';
import type { SpeechRequest } from '../ports.ts';

/** A text prepared for a voice of an external service. */
export interface PreparedText {
  readonly spoken: SpokenText;
  /** Sentences, or clauses in languages without spaces; none if nothing is speakable. */
  readonly pieces: readonly Piece[];
  readonly timed: 'words' | 'clauses';
}

/** A part of the spoken text for one request: [start, end) in UTF-16 units, and the silence after it at speed 1. */
export type TextPart = Piece;

/** The text in the words that every voice says for it, so that changing the voice does not change what is heard. */
export async function preparedText({ text, language }: SpeechRequest): Promise<PreparedText> {
  // Loaded when it is needed: the rules and number words of all languages would stay in the memory of the API.
  const { spokenWords } = await import('../../language/spoken/spoken-form.ts');
  const spoken = spokenWords(spokenText(text), language);
  const { spaced } = languageOf(language);
  return {
    spoken,
    pieces: spaced ? sentencePieces(spoken) : clausePieces(spoken),
    timed: spaced ? 'words' : 'clauses',
  };
}

/** As few parts as the limit allows; they end where sentences end. */
export function partsWithin({ pieces }: PreparedText, maxCharacters: number): readonly TextPart[] {
  const parts: TextPart[] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (last !== undefined && piece.end - last.start <= maxCharacters)
      parts[parts.length - 1] = { start: last.start, end: piece.end, pauseSeconds: piece.pauseSeconds };
    else parts.push(piece);
  }
  return parts;
}
