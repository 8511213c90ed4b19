import { skia } from '../../../../drawing/skia.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { WordsPlace } from '../../../../overlays/overlay.ts';
import { doRowsFit } from '../../../../overlays/rows/rows-layout.ts';
import { MARK_ROOM } from '../../../../overlays/words/words-mark.ts';
import type { CardRoom } from './content-context.ts';
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
const ROW_SIZE = 0.052;
const DATED_ROW_SIZE = 0.046;
const LEAST_TOP_HEIGHT = 0.14;
const COLUMN_TEXT_SIZE = { wide: 0.032, tall: 0.045 } as const;
const LEAST_COLUMNS_HEIGHT = 0.2;
/** Of the room that a column has. */
const COLUMN_FILLED = 0.94;
const FEWEST_COLUMNS = 3;
const LEAST_MARKED_HEIGHT = { short: 0.42, long: 0.5 } as const;
/** Of a box's height, between its two parts. */
const GAP = 0.05;

/** The share of a box's height for something large, where the sentence below it then has letters of this size. */
export interface Share {
  readonly top: number;
  readonly size?: number;
}

/** The place of something large and that of the sentence below it; null if the sentence may not fit in letters of `size`. */
export function dividedPlace(
  place: WordsPlace,
  topShare: number,
  sentence: string,
  frame: Frame,
  size = SENTENCE_SIZE,
): { readonly top: WordsPlace; readonly below: WordsPlace } | null {
  const { box } = place;
  const unit = Math.min(frame.width, frame.height);
  const topHeight = box.height * topShare;
  const belowHeight = box.height * (1 - topShare - GAP);
  const columns = (box.width * frame.width) / unit / (size * LETTER);
  const lines = Math.floor((belowHeight * frame.height) / unit / (size * LINE));
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
  const width = (COLUMN_TEXT_SIZE[shapeOf(frame)] * LETTER * widest * bars.length) / COLUMN_FILLED;
  const isHigh = (box.height * frame.height) / unit >= LEAST_COLUMNS_HEIGHT;
  return bars.length >= FEWEST_COLUMNS && areOrdered && isHigh && width <= (box.width * frame.width) / unit;
}

/** The place of words with a mark above them; null if it is too low, which for several sentences it is sooner. */
export function placeBelowMark(place: WordsPlace, frame: Frame, isLong: boolean): WordsPlace | null {
  const { box } = place;
  const unit = Math.min(frame.width, frame.height);
  if (place.align !== 'left' || (box.height * frame.height) / unit < LEAST_MARKED_HEIGHT[isLong ? 'long' : 'short'])
    return null;
  const room = (MARK_ROOM * unit) / frame.height;
  return { ...place, box: { ...box, y: box.y + room, height: box.height - room } };
}

/** True if all rows fit at a legible size, and a font has all their characters. */
export function canShowRows(
  list: ListContent,
  { box, align }: WordsPlace,
  { language, frame, fonts }: CardRoom,
): boolean {
  if (align !== 'left') return false;
  const texts = [list.lead, ...list.rows.map(({ text }) => text)];
  if (!texts.every((text) => fonts.covers(text))) return false;
  const unit = Math.min(frame.width, frame.height);
  const isDated = list.rows.some(({ label }) => label !== undefined);
  const size = unit * (isDated ? DATED_ROW_SIZE : ROW_SIZE);
  const pixels = { x: 0, y: 0, width: box.width * frame.width, height: box.height * frame.height };
  const pen = { ctx: skia().createCanvas(1, 1).getContext('2d'), fonts };
  return doRowsFit(pen, { ...list, language: language.tag }, pixels, size);
}

function shapeOf({ width, height }: Frame): 'wide' | 'tall' {
  return height > width ? 'tall' : 'wide';
}

/** The first division that leaves the sentence the size that belongs to the share; null if none does. */
export function dividedInOrder(
  place: WordsPlace,
  shares: readonly Share[],
  sentence: string,
  frame: Frame,
): ReturnType<typeof dividedPlace> {
  for (const { top, size } of shares) {
    const divided = dividedPlace(place, top, sentence, frame, size);
    if (divided !== null) return divided;
  }
  return null;
}
