import type { Language } from '../language.ts';
import type { Block } from './block.ts';
import { isSentenceLike } from './sentence-like.ts';

/** The longest line without closing punctuation that counts as a heading, in UTF-16 units. */
const LONGEST = 90;
/** Closing punctuation, also the marks that close a quotation in German or French. */
const CLOSED = /[\p{Po}\p{Pf}\p{Pe}"“»«‹›]$/u;
const EMOJI = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\uFE0F)$/u;
/** A figure near the end: "rose to 250", "was 3 kg", "at 40 °C". */
const FIGURE = /\p{N}\S{0,12}(?:\s\S{1,5})?$/u;

/**
 * True for a block that heads the blocks after it: one with the mark of a heading, or a short line without an end. After
 * the first block, a line that reads as a sentence is none: a heading is shown and not spoken, so it would be lost.
 */
export function isHeadingAt(blocks: readonly Block[], index: number, language: Language): boolean {
  const block = blocks[index];
  const next = blocks[index + 1];
  if (block === undefined) return false;
  if (block.kind === 'heading') return true;
  if (!isOpenLine(block) || next === undefined) return false;
  if (index > 0 && isSentenceLike(block.text, language)) return false;
  // Several such lines in a row are a poem or a list; only the first line may be a title above a heading.
  if (!isOpenLine(next)) return true;
  const third = blocks[index + 2];
  return index === 0 && third !== undefined && !isOpenLine(third);
}

/** True for a short single line without closing punctuation that does not end with a figure or an emoji. */
function isOpenLine({ kind, text }: Block): boolean {
  if (kind !== 'paragraph' || text.length > LONGEST || text.includes('\n')) return false;
  return !CLOSED.test(text) && !EMOJI.test(text) && !FIGURE.test(text);
}
