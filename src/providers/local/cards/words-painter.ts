import type { Pen } from '../../../drawing/fit-text.ts';
import { hasQualifierWords } from '../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../language/headlines/qualifiers.ts';
import { languageOf } from '../../../language/language.ts';
import { contrast } from './colour.ts';
import type { ColourScheme } from './palettes.ts';
import type { PlacedBlock, PlacedLine } from './words-layout.ts';

/** Draws the blocks that `layOutWords` has placed. */
export function paintWords(pen: Pen, blocks: readonly PlacedBlock[], scheme: ColourScheme): void {
  const { ctx, fonts } = pen;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  for (const block of blocks) {
    fonts.apply(ctx, block.style);
    for (const [index, line] of block.lines.entries()) {
      ctx.fillStyle = inkOf(block, index, scheme);
      ctx.fillText(line.text, line.x, line.baseline);
    }
    const [first] = block.lines;
    if (block.role === 'kicker' && first) paintRule(pen, first, block.style.size, scheme);
  }
}

/**
 * The colour of one line. The last line of a multi-line headline is coloured if a colour has enough contrast on this
 * background, except where it could be read without a denial in another line.
 */
export function inkOf(block: PlacedBlock, index: number, scheme: ColourScheme): string {
  if (block.role !== 'headline') return scheme.soft;
  const isLast = block.lines.length > 1 && index === block.lines.length - 1 && !isQualified(block);
  return isLast ? (scheme.accents.slice(0, 3).find((colour) => isClear(colour, scheme)) ?? scheme.ink) : scheme.ink;
}

function isQualified({ lines, style }: PlacedBlock): boolean {
  const language = languageOf(style.language);
  const text = lines.map((line) => line.text).join(language.spaced ? ' ' : '');
  return !hasQualifierWords(language.base) || qualifiersIn(text, language).length > 0;
}

function isClear(colour: string, scheme: ColourScheme): boolean {
  return [scheme.background, scheme.backgroundEnd].every((background) => contrast(colour, background) >= 5.5);
}

/** A short bar after the scene's number. */
function paintRule({ ctx }: Pen, { ink, baseline }: PlacedLine, size: number, scheme: ColourScheme): void {
  ctx.fillStyle = scheme.accents[0];
  ctx.beginPath();
  ctx.roundRect(ink.x + ink.width + size * 0.6, baseline - size * 0.42, size * 2.6, size * 0.14, size * 0.07);
  ctx.fill();
}
