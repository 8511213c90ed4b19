import type { HeardWord, TimedPart } from '../voice-service.ts';
import { type SpokenToken, spokenTokens } from './spoken-tokens.ts';

export interface LocatedWords {
  /** In the order of the text. */
  readonly parts: readonly TimedPart[];
  /** The share of the text's words that were heard as they are written, 0 to 1. */
  readonly agreement: number;
}

/** How many words a transcript may be ahead of the text, or behind it, without being lost. */
const BAND = 48;
const SKIPPED = 1;
/** Two words that differ: cheaper than to skip both, so that "$5" keeps the place of "five". */
const DIFFERENT = 1.4;

/**
 * The places in a text at which words were heard. The words may differ from the text ("5" for "five", Simplified for
 * Traditional characters), be missing or be added: the cheapest alignment of both decides. Takes time and memory in
 * proportion to the text.
 */
export function locatedWords(text: string, words: readonly HeardWord[]): LocatedWords {
  const known = spokenTokens(text);
  const heard = words.flatMap(tokensOf);
  let agreeing = 0;
  const parts = alignedWith(heard, known).flatMap((at, index) => {
    const token = known[at ?? -1];
    const one = heard[index];
    if (token === undefined || one === undefined) return [];
    if (token.text === one.text) agreeing += 1;
    return [{ start: token.start, end: token.end, startSeconds: one.startSeconds, endSeconds: one.endSeconds }];
  });
  return { parts, agreement: known.length === 0 ? 0 : agreeing / known.length };
}

/** The tokens of one heard word, which share its time by their length. */
function tokensOf({ text, startSeconds, endSeconds }: HeardWord): readonly HeardWord[] {
  const tokens = spokenTokens(text);
  const total = tokens.reduce((sum, token) => sum + token.text.length, 0);
  let before = 0;
  return tokens.map((token) => {
    const at = (share: number): number => startSeconds + ((endSeconds - startSeconds) * share) / total;
    const from = before;
    before += token.text.length;
    return { text: token.text, startSeconds: at(from), endSeconds: at(before) };
  });
}

/** For each heard word the index of the known one that it belongs to; undefined for one that was added. */
function alignedWith(heard: readonly HeardWord[], known: readonly SpokenToken[]): readonly (number | undefined)[] {
  const [rows, columns] = [heard.length, known.length];
  const width = 2 * BAND + 1;
  const costs = new Float32Array((rows + 1) * width).fill(Number.POSITIVE_INFINITY);
  // The band follows the diagonal: row i has the columns around i × columns / rows.
  const first = (row: number): number => Math.round((row * columns) / Math.max(1, rows)) - BAND;
  const cost = (row: number, column: number): number => {
    const at = column - first(row);
    return at < 0 || at >= width || column < 0 ? Number.POSITIVE_INFINITY : (costs[row * width + at] ?? 0);
  };
  const both = (row: number, column: number): number =>
    cost(row - 1, column - 1) + (heard[row - 1]?.text === known[column - 1]?.text ? 0 : DIFFERENT);
  for (let row = 0; row <= rows; row += 1)
    for (let at = 0; at < width; at += 1) {
      const column = first(row) + at;
      if (column < 0 || column > columns) continue;
      const ways = [row === 0 && column === 0 ? 0 : Number.POSITIVE_INFINITY];
      if (row > 0) ways.push(cost(row - 1, column) + SKIPPED);
      if (column > 0) ways.push(cost(row, column - 1) + SKIPPED);
      if (row > 0 && column > 0) ways.push(both(row, column));
      costs[row * width + at] = Math.min(...ways);
    }
  const aligned: (number | undefined)[] = new Array(rows).fill(undefined);
  for (let [row, column] = [rows, columns]; row > 0; ) {
    const here = cost(row, column);
    if (column > 0 && Math.fround(both(row, column)) === here) {
      row -= 1;
      column -= 1;
      aligned[row] = column;
    } else if (column > 0 && Math.fround(cost(row, column - 1) + SKIPPED) === here) column -= 1;
    else row -= 1;
  }
  return aligned;
}
