import { mixed } from '../../../drawing/colour.ts';
import { disc } from '../../../drawing/shapes.ts';
import type { Ground } from '../../../overlays/ground.ts';
import type { PaintContext } from './card.ts';
import { isWide } from './composition.ts';
import { Random } from './random.ts';

/** Where the apps for short videos show their buttons and texts, below the captions: a share of a tall frame's height. */
const LOWER_PART = 0.68;
/** The smallest height that is worth painting, as a share of the frame's. */
const LOWEST = 0.2;

/** How far the middle of the lower arcs is below the frame, and their sizes. */
const ARCS_BELOW = 1.08;
const ARC_SIZES = [1, 0.78, 0.58, 0.4];
/** Where the waves begin, of the height of the part, and how high they are, as a share of the frame's shorter side. */
const WAVE_PLACES = [0.12, 0.36, 0.6, 0.82];
const WAVE_HEIGHT = 0.035;
/** Of the frame's shorter side: the width of a stripe and the distance of two. */
const STRIPE = 0.1;
const STRIPES_APART = 0.145;
/** Of the frame's shorter side: the distance of two dots, and the radius of the lowest. */
const DOTS_APART = 0.085;
const LARGEST_DOT = 0.034;

type Fill = (context: PaintContext, part: LowerPart) => void;

interface LowerPart {
  /** In pixels. */
  readonly top: number;
  /** From the one that is next to the background's to the most visible one. */
  readonly colours: readonly [string, string, string, string];
}

/** In turn, so that the lower part of a tall film is not always the same. */
const FILLS: readonly Fill[] = [arcs, waves, stripes, dots];

/**
 * In a tall frame the lower third, in which nothing of importance may be, would be empty: calm shapes balance the picture
 * from below, other ones than in the scenes before and after.
 */
export function paintLowerPart(
  context: PaintContext,
  { filmSeed, turn: place }: Pick<Ground, 'filmSeed' | 'turn'>,
): void {
  const { width, height, words, unit, align, scheme } = context;
  const free = words.y + words.height + unit * 0.1;
  if (align === 'center' || isWide({ width, height }) || height - free < height * LOWEST) return;
  const { accents, body, background } = scheme;
  const fills = new Random(`${filmSeed}/lower`).shuffled(FILLS);
  // Each block of scenes begins one later, so that the same order recurs after several blocks only.
  const turn = (place + Math.floor(place / FILLS.length)) % FILLS.length;
  const fill = fills[turn] ?? arcs;
  fill(context, {
    top: Math.max(LOWER_PART * height, free),
    colours: [mixed(background, accents[3], 0.6), accents[3], mixed(accents[3], body, 0.6), accents[0]],
  });
}

function arcs({ ctx, width, height, scheme, random }: PaintContext, { top, colours }: LowerPart): void {
  const x = width * (random.chance(0.5) ? 0.12 : 0.88);
  const radius = ARCS_BELOW * height - top;
  for (const [index, colour] of colours.entries()) {
    const circle = { x, y: height * ARCS_BELOW, radius: radius * (ARC_SIZES[index] ?? 0) };
    const slope = ctx.createLinearGradient(0, circle.y - circle.radius, 0, height);
    slope.addColorStop(0, mixed(colour, '#ffffff', 0.06));
    slope.addColorStop(1, mixed(colour, scheme.background, 0.3));
    disc(ctx, circle, slope);
  }
}

function waves({ ctx, width, height, unit, scheme, random }: PaintContext, { top, colours }: LowerPart): void {
  for (const [index, colour] of colours.entries()) {
    const y = top + (height - top) * (WAVE_PLACES[index] ?? 1);
    const [turn, length] = [random.between(0, 2 * Math.PI), width * random.between(0.75, 1.1)];
    ctx.fillStyle = mixed(colour, scheme.background, 0.15);
    ctx.beginPath();
    ctx.moveTo(0, height);
    for (let x = 0; x <= width; x += width / 60)
      ctx.lineTo(x, y + Math.sin(turn + (2 * Math.PI * x) / length) * unit * WAVE_HEIGHT);
    ctx.lineTo(width, height);
    ctx.fill();
  }
}

/** Slanted, the first at one lower corner. */
function stripes({ ctx, width, height, unit, scheme, random }: PaintContext, { top, colours }: LowerPart): void {
  const fromLeft = random.chance(0.5);
  const rise = height - top;
  for (const [index, colour] of colours.toReversed().entries()) {
    const from = index * STRIPES_APART * unit;
    const corners = [
      [from, height],
      [from, height - rise + from],
      [from + STRIPE * unit, height - rise + from + STRIPE * unit],
      [from + STRIPE * unit, height],
    ] as const;
    ctx.fillStyle = mixed(colour, scheme.background, 0.15);
    ctx.beginPath();
    for (const [x, y] of corners) ctx.lineTo(fromLeft ? x : width - x, y);
    ctx.fill();
  }
}

/** Larger toward the lower edge. */
function dots({ ctx, width, height, unit, scheme }: PaintContext, { top, colours }: LowerPart): void {
  const step = DOTS_APART * unit;
  const [, colour] = colours;
  for (let row = 0; height - row * step > top; row += 1) {
    const y = height - row * step;
    const share = (y - top) / (height - top);
    const shift = row % 2 === 0 ? 0 : step / 2;
    for (let x = shift; x <= width; x += step)
      disc(ctx, { x, y, radius: LARGEST_DOT * unit * share }, mixed(colour, scheme.background, 0.35 * (1 - share)));
  }
}
