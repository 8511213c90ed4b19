import type { SpokenText } from './spoken-text.ts';

/** A part that is spoken at once: [start, end) in UTF-16 units of the spoken text, and the silence after it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Seconds at speed 1. */
  readonly pauseSeconds: number;
}

/** A piece is sent to the speech program in one message; longer ones would make a single reply slow and large. */
const longestPiece = 600;
/** A clause without punctuation is cut at this length, so that its caption still fits on the screen. */
const longestClause = 40;

const sayable = /[\p{L}\p{N}]/u;
/**
 * Punctuation that ends a Chinese clause, with the closing brackets after it; between two letters or digits it is part
 * of them.
 */
const clauseEnd = /(?:[,:.](?![\p{Script=Latin}\d])|[!?;。、…—]|\n)[!?;。、…—,.:\s"'」』》〉)】”]*/gu;
/**
 * A full stop after these does not end a sentence: a title, an initial, an ordinal ("19. Jahrhundert"). Missing entries
 * are harmless, see below.
 */
const noEnd =
  /(?:^|[^\p{L}\d])(?:\p{L}|\d{1,2}|Mrs?|Ms|Drs?|Prof|Sra?|Jr|St|Mme|Mlle|Hr|Fr|Frau|No|Nr|vs|etc|ca|bzw|usw|Inc|Ltd|Gen|Sen|Rep|Capt|Fig|approx|p\.\s?ej|z\.\s?B|e\.g|i\.e|u\.a)\.\s+$/iu;
/**
 * The end of a sentence (the next one begins with a capital, a digit or an opening mark) or of a line, such as that of a
 * poem. A missed end of a sentence is harmless: espeak-ng makes its own pause there. A false one would be audible.
 */
const sentenceEnd = /[.!?…]["')\]»”]*\s+(?=["'(«¿¡“„]?[\p{Lu}\d])|\n\s*/gu;

/**
 * Splits Chinese into clauses: the times of events inside a clause are inexact, but the start and end of a clause are
 * exact.
 */
export function clausePieces(spoken: SpokenText): readonly Piece[] {
  return cutAt(spoken.text, clauseEnd, longestClause, clausePause);
}

/** Splits other languages into sentences, which the intonation requires. */
export function sentencePieces(spoken: SpokenText): readonly Piece[] {
  return cutAt(spoken.text, sentenceEnd, longestPiece, sentencePause, noEnd);
}

/** A line without punctuation, as in a poem, pauses like a sentence, and a paragraph longer. */
function sentencePause(mark: string): number {
  const isParagraph = mark.includes('\n') && !/^\n[^\S\n]*$/u.test(mark);
  return isParagraph ? 0.5 : 0.32;
}

function clausePause(mark: string): number {
  if (mark.includes('\n')) return 0.5;
  if (/[。.!?]/.test(mark)) return 0.4;
  if (/[;:…—]/.test(mark)) return 0.3;
  return mark.startsWith('、') ? 0.12 : 0.2;
}

function cutAt(
  text: string,
  ends: RegExp,
  longest: number,
  pauseAfter: (mark: string) => number,
  unless?: RegExp,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const add = (end: number, pauseSeconds: number): void => {
    pieces.push(...shortened(text, { start, end, pauseSeconds }, longest));
    start = end;
  };
  for (const match of text.matchAll(ends)) {
    const end = match.index + match[0].length;
    if (!unless?.test(text.slice(Math.max(start, end - 12), end))) add(end, pauseAfter(match[0]));
  }
  if (start < text.length) add(text.length, 0);
  return pieces.filter((piece) => sayable.test(text.slice(piece.start, piece.end)));
}

/** Cuts before the limit at a space or, in Chinese, between two characters; never inside a Latin word or a number. */
function shortened(text: string, piece: Piece, longest: number): readonly Piece[] {
  const parts: Piece[] = [];
  let { start } = piece;
  while (piece.end - start > longest) {
    const end = start + cutWithin(text.slice(start, start + longest + 1), longest);
    parts.push({ start, end, pauseSeconds: 0.05 });
    start = end;
  }
  return [...parts, { ...piece, start }];
}

function cutWithin(head: string, longest: number): number {
  for (let at = longest; at > longest / 2; at -= 1) {
    const before = head[at - 1] ?? '';
    if (/\s/u.test(before) || (/\p{Script=Han}/u.test(before) && /\p{Script=Han}/u.test(head[at] ?? ''))) return at;
  }
  return longest;
}
