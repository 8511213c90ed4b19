import type { Box } from '../../../drawing/geometry.ts';
import type { Composition } from '../../../overlays/ground.ts';
import type { WordsPlace } from '../../../overlays/overlay.ts';

/**
 * Around the shapes of a picture: 6 % visible margin plus 5 % for the motion, which pans and zooms by up to 8 % and so
 * cuts off up to 4 % on each side.
 */
const PICTURE_MARGIN = 0.105;
/** Around words, which do not move with the picture; they stay 5 % from the edge also while they appear. */
const WORDS_MARGIN = 0.075;
/** Between words and captions: shares of the height, about 50 pixels of 1080 in either shape. */
const ABOVE_CAPTIONS = { wide: 0.045, tall: 0.028 } as const;
/** Between words and a presenter: a share of the frame's shorter side. */
const BESIDE_PRESENTER = 0.03;

/** True if there is room for words next to the picture; else they are below it. */
export function isWide({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return width > height * 1.2;
}

export interface CardSize {
  readonly width: number;
  readonly height: number;
  /** Height in pixels at the bottom that captions cover, or 0. */
  readonly captionSafeHeight: number;
  /** Where something begins that covers the right edge: a share of the width. */
  readonly presenterLeft?: number;
}

/** The part of a picture that is clear of the margins and of the captions, at every point of the motion. */
export function safeArea(size: CardSize, margin = PICTURE_MARGIN): Box {
  const { width, height, captionSafeHeight } = size;
  const x = width * margin;
  const y = height * margin;
  const right = Math.min(width - x, freeWidth(size) - Math.min(width, height) * BESIDE_PRESENTER);
  const gap = height > width ? ABOVE_CAPTIONS.tall : ABOVE_CAPTIONS.wide;
  const below = captionSafeHeight > 0 ? Math.max(y, captionSafeHeight + height * gap) : y;
  return { x, y, width: right - x, height: Math.max(height * 0.2, height - y - below) };
}

/** The width that no presenter covers. */
function freeWidth({ width, presenterLeft = 1 }: CardSize): number {
  return width * presenterLeft;
}

/** The widths of words beside a picture with a motif, and of words that are all there is to see. */
const WORDS_WIDTH = { beside: 0.5, alone: 0.78 } as const;

/**
 * Words on one side and the picture on the other; in a tall frame one above the other. In a wide frame words end above
 * `floor`, a fraction of the height, and take most of the width where the scene has no motif.
 */
export function besideComposition(
  size: CardSize,
  mirrored: boolean,
  { floor = 1, isAlone = false }: { readonly floor?: number | undefined; readonly isAlone?: boolean } = {},
): Composition {
  const safe = safeArea(size);
  if (!isWide(size)) return stackedComposition(size, safe);
  const wordWidth = safe.width * WORDS_WIDTH[isAlone ? 'alone' : 'beside'];
  const wordX = mirrored ? safe.x + safe.width - wordWidth : safe.x;
  return {
    words: { ...safe, x: wordX, width: wordWidth, height: Math.min(safe.height, size.height * floor - safe.y) },
    align: 'left',
    anchor: 'middle',
    focus: {
      x: freeWidth(size) * (mirrored ? 0.24 : 0.755),
      y: safe.y + safe.height * 0.5,
      radius: Math.min(size.height * 0.35, freeWidth(size) * 0.195),
    },
  };
}

/** Of the free height, for words below a picture. Captions leave half of a tall frame, in which letters must still be large. */
const WORDS_HEIGHT = { square: 0.52, tall: 0.66 } as const;

function stackedComposition(size: CardSize, safe: Box): Composition {
  const wordHeight = safe.height * (size.height > size.width ? WORDS_HEIGHT.tall : WORDS_HEIGHT.square);
  const pictureHeight = safe.y + safe.height - wordHeight;
  return {
    words: { ...safe, y: safe.y + safe.height - wordHeight, height: wordHeight },
    align: 'left',
    anchor: 'bottom',
    focus: {
      x: size.width * 0.5,
      y: pictureHeight * 0.555,
      radius: Math.min(size.width * 0.36, pictureHeight * 0.44),
    },
  };
}

/**
 * The place of the words over a moving picture, as shares of the frame: that of the composition, extended to the smaller
 * margin of words.
 */
export function wordsComposition(size: CardSize, { words, align, anchor }: Composition): WordsPlace {
  const [inner, outer] = [safeArea(size), safeArea(size, WORDS_MARGIN)];
  const edge = (value: number, from: number, to: number): number => (Math.abs(value - from) < 1 ? to : value);
  const x = edge(words.x, inner.x, outer.x);
  const y = edge(words.y, inner.y, outer.y);
  const right = edge(words.x + words.width, inner.x + inner.width, outer.x + outer.width);
  const bottom = edge(words.y + words.height, inner.y + inner.height, outer.y + outer.height);
  const { width, height } = size;
  const box = { x: x / width, y: y / height, width: (right - x) / width, height: (bottom - y) / height };
  return { box, align, anchor };
}

/** The place of something that covers the picture: all that is clear of the margins of words and of the captions. */
export function wholePlace(size: CardSize): WordsPlace {
  const { x, y, width, height } = safeArea(size, WORDS_MARGIN);
  const box = { x: x / size.width, y: y / size.height, width: width / size.width, height: height / size.height };
  return { box, align: 'center', anchor: 'middle' };
}

/** Words in the middle, the picture below and around them. */
export function centredComposition(size: CardSize): Composition {
  const safe = safeArea(size);
  const inset = isWide(size) ? safe.width * 0.12 : 0;
  const height = safe.height * (isWide(size) ? 0.8 : 0.62);
  return {
    words: { ...safe, x: safe.x + inset, width: safe.width - 2 * inset, height },
    align: 'center',
    anchor: 'middle',
    focus: { x: size.width / 2, y: size.height, radius: Math.min(size.width, size.height) * 0.3 },
  };
}
