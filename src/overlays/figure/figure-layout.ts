import type { Pen } from '../../drawing/fit-text.ts';
import type { TextStyle } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import type { FigureOverlay, WordsPlace } from '../overlay.ts';

/** Shares of the frame's shorter side. */
const LARGEST = 0.26;
const LEAD_SIZE = 0.05;
/** Of the digits' size. */
const UNIT_SHARE = 0.42;
const UNIT_BELOW_SHARE = 0.34;
const UNIT_GAP = 0.14;
const TRACKING = -0.02;
/** A unit is set below the digits where this makes them so much larger. */
const MUCH_LARGER = 1.3;

export interface PlacedText {
  readonly text: string;
  readonly style: TextStyle;
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
}

/** Where the parts of a figure are, in pixels. */
export interface FigureLayout {
  readonly lead: PlacedText | null;
  /** The sign before the digits and the digits; what is counted ends where they end. */
  readonly digits: PlacedText;
  readonly unit: PlacedText | null;
  readonly box: Box;
}

/** Places a figure in a box in pixels: the digits as large as they fit, the unit beside or below them. */
export function layOutFigure(pen: Pen, overlay: FigureOverlay, place: WordsPlace, unit: number): FigureLayout {
  const { box } = place;
  const { before, digits, after } = overlay.figure;
  const text = before + digits;
  const name = after.trimStart();
  const isApart = name !== '' && after !== name;
  const leadSize = overlay.lead === '' ? 0 : LEAD_SIZE * unit;
  const room = box.height - leadSize * 1.4;
  const whole = isApart ? text : text + after;
  const wide = widthAt(pen, overlay, whole, 900, 100);
  const beside = isApart ? widthAt(pen, overlay, name, 700, 100 * UNIT_SHARE) + UNIT_GAP * 100 : 0;
  const below = isApart ? widthAt(pen, overlay, name, 700, 100 * UNIT_BELOW_SHARE) : 0;
  // Digits and capitals are 0.72 em high; a line below them needs its own height.
  const sizeBeside = Math.min(LARGEST * unit, (box.width / (wide + beside)) * 100, room / 1.02);
  const sizeBelow = Math.min(
    LARGEST * unit,
    (box.width / Math.max(wide, below)) * 100,
    room / (1 + UNIT_BELOW_SHARE * 1.3),
  );
  const isBelow = isApart && sizeBelow > sizeBeside * MUCH_LARGER;
  const size = isBelow ? sizeBelow : sizeBeside;
  const style: TextStyle = { language: overlay.language, weight: 900, tracking: TRACKING, size };
  const unitSize = size * (isBelow ? UNIT_BELOW_SHARE : UNIT_SHARE);
  const unitStyle: TextStyle = { language: overlay.language, weight: 700, size: unitSize };
  const leadStyle: TextStyle = { language: overlay.language, weight: 700, size: leadSize };
  const digitsWidth = (wide * size) / 100;
  const unitWidth = isApart ? widthAt(pen, overlay, name, 700, unitSize) : 0;
  const lineWidth = isBelow
    ? Math.max(digitsWidth, unitWidth)
    : digitsWidth + (isApart ? UNIT_GAP * size + unitWidth : 0);
  const leadWidth = overlay.lead === '' ? 0 : widthAt(pen, overlay, overlay.lead, 700, leadSize);
  const height = leadSize * 1.4 + size * 1.02 + (isBelow ? unitSize * 1.3 : 0);
  const spare = Math.max(0, box.height - height);
  const top = box.y + { top: 0, middle: spare / 2, bottom: spare }[place.anchor];
  const left = (width: number): number => (place.align === 'center' ? box.x + (box.width - width) / 2 : box.x);
  const x = left(lineWidth);
  const baseline = top + leadSize * 1.4 + size * 0.82;
  const unitX = isBelow ? left(unitWidth) : x + digitsWidth + UNIT_GAP * size;
  return {
    lead:
      overlay.lead === ''
        ? null
        : { text: overlay.lead, style: leadStyle, x: left(leadWidth), baseline: top + leadSize, width: leadWidth },
    digits: { text: whole, style, x: isBelow ? left(digitsWidth) : x, baseline, width: digitsWidth },
    unit: isApart
      ? {
          text: name,
          style: unitStyle,
          x: unitX,
          baseline: isBelow ? baseline + size * 0.2 + unitSize : baseline,
          width: unitWidth,
        }
      : null,
    box: { x: left(Math.max(lineWidth, leadWidth)), y: top, width: Math.max(lineWidth, leadWidth), height },
  };
}

/** In pixels at a size in pixels. */
function widthAt(
  { ctx, fonts }: Pen,
  { language }: FigureOverlay,
  text: string,
  weight: 700 | 900,
  size: number,
): number {
  fonts.apply(ctx, { language, weight, size, tracking: weight === 900 ? TRACKING : 0 });
  return ctx.measureText(text).width;
}
