import type { Pen } from '../../../drawing/fit-text.ts';
import { contrast } from './colour.ts';
import type { LetteredBlock, LetteredLine } from './lettering.ts';
import type { Tone } from './palettes.ts';

/** Draws what `letter` has placed. */
export function paintWords(pen: Pen, blocks: readonly LetteredBlock[], tone: Tone): void {
  const { ctx, fonts } = pen;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  for (const block of blocks) {
    fonts.apply(ctx, block.style);
    for (const [index, line] of block.lines.entries()) {
      ctx.fillStyle = inkOf(block, index, tone);
      ctx.fillText(line.text, line.x, line.baseline);
    }
    const [first] = block.lines;
    if (block.role === 'kicker' && first) paintRule(pen, first, block.style.size, tone);
  }
}

/** The colour of one line. A headline of several lines ends in a colour, where one is clear enough on this ground. */
export function inkOf({ role, lines }: LetteredBlock, index: number, tone: Tone): string {
  if (role !== 'headline') return tone.soft;
  const isLast = lines.length > 1 && index === lines.length - 1;
  return isLast ? (tone.accents.slice(0, 3).find((colour) => isClear(colour, tone)) ?? tone.ink) : tone.ink;
}

function isClear(colour: string, tone: Tone): boolean {
  return [tone.ground, tone.groundEnd].every((ground) => contrast(colour, ground) >= 5.5);
}

/** A short bar after the scene's number. */
function paintRule({ ctx }: Pen, { ink, baseline }: LetteredLine, size: number, tone: Tone): void {
  ctx.fillStyle = tone.accents[0];
  ctx.beginPath();
  ctx.roundRect(ink.x + ink.width + size * 0.6, baseline - size * 0.42, size * 2.6, size * 0.14, size * 0.07);
  ctx.fill();
}
