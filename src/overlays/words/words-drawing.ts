import type { SKRSContext2D } from '@napi-rs/canvas';
import { mixed } from '../../drawing/colour.ts';
import type { Pen } from '../../drawing/fit-text.ts';
import type { Box } from '../../drawing/geometry.ts';
import { easedBoth, easedOut, type Presence, presenceAt, staggered } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import { inPixels } from '../in-pixels.ts';
import type { Clause, WordsOverlay } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { inkOf } from './emphasis.ts';
import { layOutWords, type PlacedBlock, type PlacedLine } from './words-layout.ts';
import { drawMark, type PlacedMark, placeMark } from './words-mark.ts';

/** How far lines rise while they appear: a share of the frame's shorter side. */
const RISE = 0.022;
/** Seconds in which a clause changes its colour, or appears. */
const CLAUSE_SECONDS = 0.2;

/** em below the baseline. */
const UNDERLINE = { below: 0.13, height: 0.1 };

interface WordsState extends Presence {
  /** How far each clause has begun to be spoken, 0 to 1. */
  readonly spoken: readonly number[];
}

/** A piece of a line in one colour. */
interface Piece {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  /** Index of its clause. */
  readonly clause: number;
}

interface Line {
  readonly block: PlacedBlock;
  readonly line: PlacedLine;
  readonly ink: string;
  readonly pieces: readonly Piece[];
  /** True if the parts of its statement are underlined while they are spoken. */
  readonly hasMarker: boolean;
}

/** A headline whose lines rise one after the other, and whose clauses change when they are spoken. */
export function wordsDrawing(pen: Pen, overlay: WordsOverlay, order: OverlayOrder): Drawing<WordsState> {
  const { size, frames, leaves, frameRate } = order;
  const unit = Math.min(size.width, size.height);
  const length = frames.end - frames.start;
  const blocks = layOutWords(pen, overlay.words, inPixels(overlay.place, size), unit);
  const lines = linesOf(pen, blocks, overlay);
  const clauseFrames = Math.round(CLAUSE_SECONDS * frameRate);
  const rise = RISE * unit;
  const mark = overlay.mark === undefined || lines.length === 0 ? null : placeMark(pen, lines, unit);
  return {
    box: boxAround(lines, mark, rise),
    stateAt: (frame) => ({
      ...presenceAt(frame, length, leaves, frameRate),
      spoken: overlay.clauses.map(({ startSeconds }) => {
        const begins = (startSeconds - overlay.startSeconds) * frameRate;
        return Math.max(0, Math.min(1, Math.ceil(frame - begins + 1) / clauseFrames));
      }),
    }),
    draw: (ctx, state) => {
      if (mark !== null) drawMark({ ...pen, ctx }, mark, state, overlay.inks);
      for (const [index, line] of lines.entries()) {
        const here = easedOut(staggered(state.entered, index, lines.length));
        const gone = easedBoth(state.left);
        ctx.save();
        ctx.globalAlpha = here * (1 - gone);
        ctx.translate(0, (1 - here) * rise - gone * rise * 0.6);
        drawLine({ ...pen, ctx }, line, overlay, state, rise);
        ctx.restore();
      }
    },
  };
}

function linesOf(pen: Pen, blocks: readonly PlacedBlock[], { words, clauses, inks }: WordsOverlay): Line[] {
  const isDivided = clauses.some(({ appears }, index) => index > 0 && !appears);
  return blocks.flatMap((block) => {
    const text = block.role === 'headline' ? words.headline : '';
    let offset = 0;
    return block.lines.map((line, index) => {
      // Lines have no spaces at their ends, and ties in place of spaces.
      const found = plainSpaces(text).indexOf(plainSpaces(line.text), offset);
      const start = found === -1 ? offset : found;
      offset = start + line.text.length;
      const isSpoken = block.role === 'headline' && clauses.length > 0;
      const pieces = isSpoken
        ? piecesOf(pen, block, line, start, clauses)
        : [{ text: line.text, x: line.x, width: line.ink.width, clause: -1 }];
      const ink = isSpoken ? inks.headline : inkOf(block, index, inks);
      return {
        block,
        line,
        ink,
        pieces,
        hasMarker: isSpoken && isDivided,
      };
    });
  });
}

function plainSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

/** Divides a line that begins at `start` of the headline where its clauses begin. */
function piecesOf(
  { ctx, fonts }: Pen,
  { style }: PlacedBlock,
  { text, x }: PlacedLine,
  start: number,
  clauses: readonly Clause[],
): Piece[] {
  fonts.apply(ctx, style);
  return clauses.flatMap((clause, index) => {
    const from = Math.max(0, clause.start - start);
    const to = Math.min(text.length, (clauses[index + 1]?.start ?? Number.POSITIVE_INFINITY) - start);
    if (to <= from) return [];
    const begin = ctx.measureText(text.slice(0, from)).width;
    const width = ctx.measureText(text.slice(0, to).trimEnd()).width - begin;
    return [{ text: text.slice(from, to), x: x + begin, width: Math.max(0, width), clause: index }];
  });
}

function drawLine(pen: Pen, line: Line, overlay: WordsOverlay, { spoken }: WordsState, rise: number): void {
  const { ctx, fonts } = pen;
  const { block } = line;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  fonts.apply(ctx, block.style);
  for (const piece of line.pieces) {
    const { text, x, clause } = piece;
    const begun = clause === -1 ? 1 : (spoken[clause] ?? 1);
    const sentence = sentenceOf(overlay.clauses, clause);
    const shown = sentence === -1 ? 1 : easedOut(spoken[sentence] ?? 1);
    ctx.save();
    ctx.globalAlpha *= shown;
    if (line.hasMarker && clause !== -1)
      drawUnderline(ctx, line, piece, begun * (1 - (spoken[clause + 1] ?? 0)), overlay);
    ctx.fillStyle = mixed(overlay.inks.soft, line.ink, begun);
    ctx.fillText(text, x, line.line.baseline + (1 - shown) * rise);
    ctx.restore();
  }
}

/** The index of the clause with which a clause appears: its own, or that of the statement that it is a part of; -1 for the first one. */
function sentenceOf(clauses: readonly Clause[], clause: number): number {
  return clauses.findLastIndex(({ appears }, index) => index <= clause && appears);
}

/** Grows from the left below a part of a statement while it is spoken. */
function drawUnderline(
  ctx: SKRSContext2D,
  { block: { style }, line: { baseline } }: Line,
  { x, width }: Piece,
  share: number,
  { inks }: WordsOverlay,
): void {
  ctx.fillStyle = inks.emphasis ?? inks.headline;
  ctx.fillRect(x, baseline + UNDERLINE.below * style.size, width * easedOut(share), UNDERLINE.height * style.size);
}

function underlineBox({ ink, baseline }: PlacedLine, size: number): Box {
  return { x: ink.x, y: baseline + UNDERLINE.below * size, width: ink.width, height: UNDERLINE.height * size };
}

/** The place of all lines while they rise, of the bar and of the mark. */
function boxAround(lines: readonly Line[], mark: PlacedMark | null, rise: number): Box | null {
  if (lines.length === 0) return null;
  const inks = lines.flatMap(({ line, block, hasMarker }) => {
    return hasMarker ? [line.ink, underlineBox(line, block.style.size)] : [line.ink];
  });
  const boxes = mark === null ? inks : [mark.ink, ...inks];
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  // Two pixels for soft edges of the letters.
  return { x: left - 2, y: top - rise - 2, width: right - left + 4, height: bottom - top + 2 * rise + 4 };
}
