import type { FontBook } from '../../../../drawing/font-book.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { WordsPlace } from '../../../../overlays/overlay.ts';
import { MARK_ROOM } from '../../../../overlays/words/words-mark.ts';
import type { ListContent } from './list-content.ts';

/** A frame's size in pixels. */
interface Frame {
  readonly width: number;
  readonly height: number;
}

/** em: the widest average letter, as `widthOf` counts it, and the distance between two lines. */
const LETTER = 0.6;
const LINE = 1.25;
/** Lines end before words that do not fit. */
const FILLED = 0.8;
/** Shares of the frame's shorter side, except where something else is said. */
const SENTENCE_SIZE = 0.045;
const ROW_SIZE = 0.044;
const DATED_ROW_SIZE = 0.04;
/** Letters that have the room of a row's mark, and of its mark and year. */
const MARK_COLUMNS = 2;
const LABEL_COLUMNS = 6.5;
const LEAST_TOP_HEIGHT = 0.14;
const COLUMN_TEXT_SIZE = 0.032;
const LEAST_COLUMNS_HEIGHT = 0.2;
/** Of the room that a column has. */
const COLUMN_FILLED = 0.94;
const FEWEST_COLUMNS = 3;
const LEAST_MARKED_HEIGHT = 0.42;
/** Of a box's height, between its two parts. */
const GAP = 0.05;

/** The place of something large and that of the sentence below it; null if the sentence may not fit. */
export function dividedPlace(
  place: WordsPlace,
  topShare: number,
  sentence: string,
  frame: Frame,
): { readonly top: WordsPlace; readonly below: WordsPlace } | null {
  const { box } = place;
  const unit = Math.min(frame.width, frame.height);
  const topHeight = box.height * topShare;
  const belowHeight = box.height * (1 - topShare - GAP);
  const columns = (box.width * frame.width) / unit / (SENTENCE_SIZE * LETTER);
  const lines = Math.floor((belowHeight * frame.height) / unit / (SENTENCE_SIZE * LINE));
  const fits = lines > 0 && widthOf(sentence) <= FILLED * columns * lines;
  if (!fits || (topHeight * frame.height) / unit < LEAST_TOP_HEIGHT) return null;
  return {
    top: { ...place, anchor: 'bottom', box: { ...box, height: topHeight } },
    below: {
      ...place,
      anchor: 'top',
      isSmall: true,
      box: { ...box, y: box.y + box.height - belowHeight, height: belowHeight },
    },
  };
}

/** True if bars may be columns: a series in the order of its years, whose amounts surely fit side by side. */
export function canShowColumns(
  bars: readonly { readonly label: string; readonly amount: string }[],
  { box }: WordsPlace,
  frame: Frame,
): boolean {
  const unit = Math.min(frame.width, frame.height);
  const years = bars.map(({ label }) => Number(label));
  const areOrdered = years.every((year, index) => year > (years[index - 1] ?? 0));
  const widest = Math.max(...bars.flatMap(({ label, amount }) => [widthOf(label), widthOf(amount)]));
  const width = (COLUMN_TEXT_SIZE * LETTER * widest * bars.length) / COLUMN_FILLED;
  const isHigh = (box.height * frame.height) / unit >= LEAST_COLUMNS_HEIGHT;
  return bars.length >= FEWEST_COLUMNS && areOrdered && isHigh && width <= (box.width * frame.width) / unit;
}

/** The place of words with a mark above them; null if it is too low. */
export function placeBelowMark(place: WordsPlace, frame: Frame): WordsPlace | null {
  const { box } = place;
  const unit = Math.min(frame.width, frame.height);
  if (place.align !== 'left' || (box.height * frame.height) / unit < LEAST_MARKED_HEIGHT) return null;
  const room = (MARK_ROOM * unit) / frame.height;
  return { ...place, box: { ...box, y: box.y + room, height: box.height - room } };
}

/** True if all rows surely fit at a legible size, and a font has all their characters. */
export function canShowRows(
  { lead, rows }: ListContent,
  { box, align }: WordsPlace,
  frame: Frame,
  fonts: FontBook,
): boolean {
  const unit = Math.min(frame.width, frame.height);
  const isDated = rows.some(({ label }) => label !== undefined);
  const size = isDated ? DATED_ROW_SIZE : ROW_SIZE;
  const columns = (box.width * frame.width) / unit / (size * LETTER) - (isDated ? LABEL_COLUMNS : MARK_COLUMNS);
  const linesOf = (text: string): number => Math.ceil((1.15 * widthOf(text)) / columns);
  const lines = rows.reduce((sum, { text }) => sum + linesOf(text), lead === '' ? 0 : linesOf(lead));
  const height = size * (lines * LINE + rows.length * 0.45);
  const fits = align === 'left' && height <= (box.height * frame.height) / unit;
  return fits && [lead, ...rows.map(({ text }) => text)].every((text) => fonts.covers(text));
}
