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
/** Seconds in which a clause becomes bright. */
const BRIGHTEN_SECONDS = 0.2;

interface WordsState extends Presence {
  /** How bright each clause is, 0 to 1. */
  readonly brightness: readonly number[];
}

/** A piece of a line in one colour. */
interface Piece {
  readonly text: string;
  readonly x: number;
  /** Index of its clause. */
  readonly clause: number;
}

interface Line {
  readonly block: PlacedBlock;
  readonly line: PlacedLine;
  readonly ink: string;
  readonly pieces: readonly Piece[];
  /** True for the line with the bar beside it. */
  readonly hasRule: boolean;
}

/** A headline whose lines rise one after the other, and whose clauses become bright when they are spoken. */
export function wordsDrawing(pen: Pen, overlay: WordsOverlay, order: OverlayOrder): Drawing<WordsState> {
  const { size, frames, leaves, frameRate } = order;
  const unit = Math.min(size.width, size.height);
  const length = frames.end - frames.start;
  const blocks = layOutWords(pen, overlay.words, inPixels(overlay.place, size), unit);
  const lines = linesOf(pen, blocks, overlay);
  const brightenFrames = Math.round(BRIGHTEN_SECONDS * frameRate);
  const rise = RISE * unit;
  const mark = overlay.mark === undefined || lines.length === 0 ? null : placeMark(pen, overlay.mark, lines, unit);
  return {
    box: boxAround(lines, mark, rise),
    stateAt: (frame) => ({
      ...presenceAt(frame, length, leaves, frameRate),
      brightness: overlay.clauses.map(({ startSeconds }) => {
        const begins = (startSeconds - overlay.startSeconds) * frameRate;
        return Math.max(0, Math.min(1, Math.ceil(frame - begins + 1) / brightenFrames));
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
        drawLine({ ...pen, ctx }, line, overlay, state);
        ctx.restore();
      }
    },
  };
}

function linesOf(pen: Pen, blocks: readonly PlacedBlock[], { words, clauses, inks }: WordsOverlay): Line[] {
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
        : [{ text: line.text, x: line.x, clause: -1 }];
      const ink = isSpoken ? inks.headline : inkOf(block, index, inks);
      return { block, line, ink, pieces, hasRule: block.role === 'kicker' && index === 0 };
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
    return [{ text: text.slice(from, to), x: x + ctx.measureText(text.slice(0, from)).width, clause: index }];
  });
}

function drawLine(pen: Pen, line: Line, { inks }: WordsOverlay, { brightness }: WordsState): void {
  const { ctx, fonts } = pen;
  const { block } = line;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  fonts.apply(ctx, block.style);
  for (const { text, x, clause } of line.pieces) {
    ctx.fillStyle = mixed(inks.soft, line.ink, clause === -1 ? 1 : (brightness[clause] ?? 1));
    ctx.fillText(text, x, line.line.baseline);
  }
  if (line.hasRule) drawRule(ctx, line.line, block.style.size, inks.rule);
}

/** A short bar after the small line above the headline. */
function drawRule(ctx: SKRSContext2D, { ink, baseline }: PlacedLine, size: number, colour: string): void {
  const rule = ruleBox(ink, baseline, size);
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.roundRect(rule.x, rule.y, rule.width, rule.height, rule.height / 2);
  ctx.fill();
}

function ruleBox(ink: Box, baseline: number, size: number): Box {
  return { x: ink.x + ink.width + size * 0.6, y: baseline - size * 0.42, width: size * 2.6, height: size * 0.14 };
}

/** The place of all lines while they rise, of the bar and of the mark. */
function boxAround(lines: readonly Line[], mark: PlacedMark | null, rise: number): Box | null {
  if (lines.length === 0) return null;
  const inks = lines.flatMap(({ line, block, hasRule }) =>
    hasRule ? [line.ink, ruleBox(line.ink, line.baseline, block.style.size)] : [line.ink],
  );
  const boxes = mark === null ? inks : [mark.ink, ...inks];
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  // Two pixels for soft edges of the letters.
  return { x: left - 2, y: top - rise - 2, width: right - left + 4, height: bottom - top + 2 * rise + 4 };
}
