import { captionMetrics, isTall } from '../captions/caption-area.ts';
import type { FilmFormat, FrameSize, PresenterLayout } from '../film/film.ts';

/** A part of the frame in pixels, all even. */
export interface PresenterPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The side of the corner's square, as a share of the frame's shorter side, by the shape of the frame. */
const SIDE = { wide: 0.3, square: 0.27, tall: 0.28 } as const;
/** From the right edge: a share of the width. */
const RIGHT = 0.05;
/** Above the captions: a share of the shorter side. */
const ABOVE_CAPTIONS = 0.03;

/**
 * Where the presenter is: the whole frame, or a square at the right edge, above the captions. In a tall frame without captions it ends
 * where they would end, because apps for short videos cover the part below.
 */
export function presenterPlace(
  layout: PresenterLayout,
  { size, captionLook }: Pick<FilmFormat, 'size' | 'captionLook'>,
): PresenterPlace {
  if (layout === 'FULL') return { x: 0, y: 0, ...size };
  const { width, height } = size;
  const unit = Math.min(width, height);
  const side = even(unit * sideOf(size));
  const { area } = captionMetrics(size, captionLook?.style ?? 'BLOCK');
  const bottom = captionLook === null ? area.y + area.height : area.y - unit * ABOVE_CAPTIONS;
  return { x: even(width * (1 - RIGHT) - side), y: even(bottom - side), width: side, height: side };
}

function sideOf(size: FrameSize): number {
  if (isTall(size)) return SIDE.tall;
  return size.width === size.height ? SIDE.square : SIDE.wide;
}

function even(pixels: number): number {
  return 2 * Math.floor(pixels / 2);
}
