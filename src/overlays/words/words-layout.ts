import { type FittedText, fitText, type Pen } from '../../drawing/fit-text.ts';
import type { TextStyle } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import type { Words, WordsPlace } from '../overlay.ts';
import { fitRequestOf, type Role, SECONDARY_SCALES, settingOf } from './type-scale.ts';

export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  /** The bounding box of the line's ink. */
  readonly ink: Box;
}

export interface PlacedBlock {
  readonly role: Role;
  readonly style: TextStyle;
  readonly lines: readonly PlacedLine[];
}

/** Short words stay on the line of the next word unless the letters would be smaller than this share of those without. */
const TIED_SIZE = 0.8;

/** The letters of the line below a headline, as a share of those of the headline, at most. */
const LARGEST_BELOW = 0.62;

/** Letters with the stem of a letter that has a hook. */
const STEMS: Readonly<Record<string, string>> = { j: 'i', J: 'I' };

interface Part {
  readonly role: Role;
  readonly fit: FittedText;
  readonly style: TextStyle;
  readonly gapBefore: number;
}

/**
 * Places the headline and the smaller line below it as one group in the box, in pixels. Sizes depend on `unit`, the frame's
 * shorter side. The line below is as large as the headline beside it allows.
 */
export function layOutWords(pen: Pen, words: Words, place: WordsPlace, unit: number): PlacedBlock[] {
  if (words.secondary === '') return layOutAt(pen, words, place, unit, 1);
  let blocks: PlacedBlock[] = [];
  for (const scale of SECONDARY_SCALES) {
    blocks = layOutAt(pen, words, place, unit, scale);
    const [headline, secondary] = blocks;
    if (headline === undefined || secondary === undefined) break;
    if (secondary.style.size <= headline.style.size * LARGEST_BELOW) break;
  }
  return blocks;
}

/** The smaller line takes its space first, the headline fills the rest. */
function layOutAt(pen: Pen, words: Words, place: WordsPlace, unit: number, scale: number): PlacedBlock[] {
  const isSmall = place.isSmall ?? false;
  const part = (role: Role, box: Box): Part | null => partOf(pen, words, { role, isSmall, scale, box, unit });
  const secondary = part('secondary', place.box);
  const taken = secondary === null ? 0 : heightOf(secondary) + unit * 0.03;
  const placeIn = (height: number): PlacedBlock[] => {
    const headline = part('headline', { ...place.box, height: Math.max(unit * 0.06, height) });
    return stack(
      pen,
      [headline, secondary].filter((one) => one !== null),
      place,
    );
  };
  const room = place.box.height - taken;
  const blocks = placeIn(room);
  const excess = inkHeightOf(blocks) - place.box.height;
  return movedInside(excess > 0 ? placeIn(room - 2 * excess) : blocks, place.box);
}

/** From the top of the highest ink to the bottom of the lowest: stacked accents exceed their line. */
function inkHeightOf(blocks: readonly PlacedBlock[]): number {
  const inks = blocks.flatMap(({ lines }) => lines.map(({ ink }) => ink));
  return Math.max(0, ...inks.map(({ y, height }) => y + height)) - Math.min(...inks.map(({ y }) => y));
}

interface PartRequest {
  readonly role: Role;
  readonly isSmall: boolean;
  /** Of the largest size of a small line. */
  readonly scale: number;
  readonly box: Box;
  readonly unit: number;
}

function partOf(pen: Pen, words: Words, { role, isSmall, scale, box, unit }: PartRequest): Part | null {
  const text = words[role];
  if (text === '') return null;
  const form = { isSmall, scale, ...(words.lettering === undefined ? {} : { lettering: words.lettering }) };
  const { weight, tracking, gapBefore } = settingOf(role, text, form);
  const { language } = words;
  const fitted = (tiesShortWords: boolean): FittedText =>
    fitText(pen, fitRequestOf(role, { text, language, ...form, tiesShortWords }, box, unit));
  const [tied, loose] = [fitted(true), fitted(false)];
  const fit = tied.size < loose.size * TIED_SIZE ? loose : tied;
  const style: TextStyle = { language, weight, tracking, size: fit.size };
  return { role, fit, style, gapBefore: gapBefore * unit };
}

function heightOf({ fit }: Part): number {
  return fit.lines.length * fit.lineStep;
}

function stack(pen: Pen, parts: readonly Part[], place: WordsPlace): PlacedBlock[] {
  const { box, anchor } = place;
  const height = parts.reduce((sum, part, index) => sum + heightOf(part) + (index > 0 ? part.gapBefore : 0), 0);
  const spare = box.height - height;
  let top = box.y + { top: 0, middle: spare * 0.5, bottom: spare }[anchor];
  return parts.map((part, index) => {
    if (index > 0) top += part.gapBefore;
    const block = blockAt(pen, part, top, place);
    top += heightOf(part);
    return block;
  });
}

/** Stacked accents and deep descenders exceed their lines: the whole group is moved until its ink is inside. */
function movedInside(blocks: readonly PlacedBlock[], words: Box): PlacedBlock[] {
  const inks = blocks.flatMap(({ lines }) => lines.map(({ ink }) => ink));
  const tooLow = Math.max(0, ...inks.map((ink) => ink.y + ink.height - words.y - words.height));
  const tooHigh = Math.max(0, ...inks.map((ink) => words.y - ink.y));
  const move = tooHigh - tooLow;
  return blocks.map((block) => ({ ...block, lines: block.lines.map((line) => movedBy(line, move)) }));
}

function movedBy(line: PlacedLine, move: number): PlacedLine {
  return { ...line, baseline: line.baseline + move, ink: { ...line.ink, y: line.ink.y + move } };
}

function blockAt({ ctx, fonts }: Pen, part: Part, top: number, place: WordsPlace): PlacedBlock {
  fonts.apply(ctx, part.style);
  const { size, lineStep } = part.fit;
  const lines = part.fit.lines.map((text, index): PlacedLine => {
    const ink = ctx.measureText(text);
    const width = ink.actualBoundingBoxLeft + ink.actualBoundingBoxRight;
    // Aligned by the ink, not by the side bearing, which at this size would look like an uneven edge.
    const edge = place.align === 'center' ? ink.actualBoundingBoxLeft : edgeOf(ctx, text, ink);
    const start = place.align === 'center' ? place.box.x + (place.box.width - width) / 2 : place.box.x;
    const x = start + edge;
    // Capitals and Chinese characters both have their middle about 0.35 em above the baseline.
    const baseline = top + (index + 0.5) * lineStep + size * 0.35;
    const above = ink.actualBoundingBoxAscent;
    const height = above + ink.actualBoundingBoxDescent;
    return {
      text,
      x,
      baseline,
      ink: { x: x - ink.actualBoundingBoxLeft, y: baseline - above, width, height },
    };
  });
  return { role: part.role, style: part.style, lines };
}

/** How far the visible edge of a line is to the left of its beginning. That of a "j" is its stem: its hook reaches below other letters. */
function edgeOf(ctx: Pen['ctx'], text: string, ink: ReturnType<Pen['ctx']['measureText']>): number {
  const stem = STEMS[text.charAt(0)];
  return stem === undefined ? ink.actualBoundingBoxLeft : ctx.measureText(stem).actualBoundingBoxLeft;
}
