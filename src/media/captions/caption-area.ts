import type { CaptionStyle, FrameSize } from '../film/film.ts';

/** The part of the frame that captions may cover; pixels, all even. Every caption picture has its size. */
export interface CaptionArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Sizes of the captions of one style in one frame size; pixels. */
export interface CaptionMetrics {
  readonly area: CaptionArea;
  /** Of a text that fits; wider lines are smaller. */
  readonly fontSize: number;
  /** Below this size a long word is divided instead of being drawn smaller. */
  readonly smallestFontSize: number;
  readonly lineStep: number;
  readonly padX: number;
  readonly padY: number;
  /** True where the words of a cue are shown a few at a time, because a whole cue would be too small. */
  readonly grouped: boolean;
}

/**
 * What the apps for short videos leave free of a frame of 1080 × 1920, in pixels from each edge:
 *
 * - YouTube Shorts: top 288, bottom 672, left 48, right 192 ("About video ad formats", Google Ads Help, "Vertical video safe zone").
 * - Instagram and Facebook Reels: 14 % at the top, 35 % at the bottom, 6 % at the sides: 269, 672 and 65 (Meta Business Help
 *   Center, "About safe zones for Stories and Reels ads").
 * - TikTok: its template "In-Feed Standard LTR" (ads.tiktok.com/help/article/tiktok-auction-in-feed-ads) leaves 12.5 % at the top
 *   and 34.4 % at the bottom free; buttons are on the right, in its Arabic version on the left.
 *
 * The widest column of buttons, 192 pixels, is left free on both sides: captions stay centred, and are right in both directions.
 * All of them together end at 65 % of the height, so a caption of two lines has its middle at 60 %, one of one line at 62.5 %.
 */
const PHONE = { width: 1080, side: 192 / 1080, bottom: 0.65 } as const;

/** Letters in a tall frame that is 1080 pixels wide. */
const TALL_LETTERS = { BLOCK: { usual: 65, smallest: 64 }, WORD_HIGHLIGHT: { usual: 70, smallest: 64 } } as const;
/** Letters in other frames, as a share of the height. */
const WIDE_LETTERS = 0.065;
const SMALLEST_WIDE_LETTERS = 0.05;

/** The share of the frame that stays free at each side, and at the bottom, of a frame that is not tall. */
const SIDE = 0.05;
const BOTTOM = 0.06;
/** A full line of 42 characters is about this many em wide in Noto Sans Bold; 21 Chinese characters are 21. */
const LINE_EMS = 23.5;

/** Distances in em. */
const SPACING = {
  BLOCK: { lineStep: 1.32, padX: 0.6, padY: 0.28 },
  BLOCK_TALL: { lineStep: 1.25, padX: 0.36, padY: 0.22 },
  WORD_HIGHLIGHT: { lineStep: 1.2, padX: 0.3, padY: 0.16 },
} as const;

/** The sizes of captions in a frame. */
export function captionMetrics(size: FrameSize, style: CaptionStyle): CaptionMetrics {
  return isTall(size) ? tallMetrics(size, style) : wideMetrics(size, style);
}

/**
 * Pixels from the bottom edge to the top of a caption of two lines: pictures keep their important content above it. Even for
 * an even height.
 */
export function captionSafeHeight(size: FrameSize, style: CaptionStyle): number {
  return size.height - captionMetrics(size, style).area.y;
}

/** True for frames that are higher than they are wide, which are watched on phones. */
export function isTall({ width, height }: FrameSize): boolean {
  return height > width;
}

function tallMetrics(size: FrameSize, style: CaptionStyle): CaptionMetrics {
  const scale = size.width / PHONE.width;
  const { usual, smallest } = TALL_LETTERS[style];
  const side = evenUp(size.width * PHONE.side);
  const bottom = 2 * Math.floor((size.height * PHONE.bottom) / 2);
  const spacing = style === 'BLOCK' ? SPACING.BLOCK_TALL : SPACING.WORD_HIGHLIGHT;
  return metricsOf(size, { side, bottom }, usual * scale, smallest * scale, spacing, true);
}

function wideMetrics(size: FrameSize, style: CaptionStyle): CaptionMetrics {
  const { width, height } = size;
  const side = evenUp(width * SIDE);
  const bottom = 2 * Math.floor((height * (1 - BOTTOM)) / 2);
  const spacing = SPACING[style];
  if (style === 'WORD_HIGHLIGHT')
    return metricsOf(size, { side, bottom }, height * WIDE_LETTERS, height * SMALLEST_WIDE_LETTERS, spacing, true);
  const fontSize = Math.max(8, Math.min(height * 0.05, (width - 2 * side) / (LINE_EMS + 2 * spacing.padX)));
  return metricsOf(size, { side, bottom }, fontSize, 0, spacing, false);
}

function metricsOf(
  size: FrameSize,
  { side, bottom }: { readonly side: number; readonly bottom: number },
  fontSize: number,
  smallestFontSize: number,
  spacing: { readonly lineStep: number; readonly padX: number; readonly padY: number },
  grouped: boolean,
): CaptionMetrics {
  const lineStep = fontSize * spacing.lineStep;
  const padY = fontSize * spacing.padY;
  const height = evenUp(2 * lineStep + 2 * padY);
  return {
    area: { x: side, y: bottom - height, width: size.width - 2 * side, height },
    fontSize,
    smallestFontSize,
    lineStep,
    padX: fontSize * spacing.padX,
    padY,
    grouped,
  };
}

function evenUp(pixels: number): number {
  return 2 * Math.ceil(pixels / 2 - 1e-9);
}
