import type { FrameSize } from './film.ts';
import type { FrameRange } from './film-plan.ts';
import { coverFilters } from './picture-filters.ts';

/** A zoom about the centre, with a resampled key frame each `keyEvery` frames. */
export interface Zoom {
  readonly kind: 'zoom';
  readonly toward: 'in' | 'out';
  /** How long it goes on. */
  readonly frames: number;
  readonly keyEvery: number;
}

/** How far each edge may come in over the scene, as a part of the frame, and in one frame. */
const FURTHEST = 0.025;
const FASTEST = 0.0001;

/**
 * A zoom that does not jitter: `perspective` takes corners at fractions of a pixel, where zoompan knows whole ones. It is
 * dear (25 ms for a frame of 720p), so only key frames are made with it, less than a pixel apart, and
 * `framerate` blends the frames between them.
 */
export function zoomFilters(zoom: Zoom, range: FrameRange, size: FrameSize, frameRate: number): string {
  const firstKey = Math.floor(range.start / zoom.keyEvery);
  const skipped = range.start - firstKey * zoom.keyEvery;
  const length = range.end - range.start;
  const keys = Math.ceil((skipped + length) / zoom.keyEvery) + 2;
  const keyRate = frameRate / zoom.keyEvery;
  return [
    coverFilters(size, size),
    `loop=${keys - 1}:1:0,settb=1/${keyRate},setpts=N,fps=${keyRate}`,
    perspective(zoom, firstKey),
    `framerate=fps=${frameRate}:interp_start=0:interp_end=255:scene=100`,
    `trim=start_frame=${skipped}:end_frame=${skipped + length}`,
  ].join(',');
}

/** Corners come in (or go out) by the same part of width and height each frame. */
function perspective(zoom: Zoom, firstKey: number): string {
  const perFrame = Math.min(FASTEST, FURTHEST / zoom.frames);
  const frame = `(on+${firstKey})*${zoom.keyEvery}`;
  const part = zoom.toward === 'in' ? `${perFrame}*${frame}` : `max(0,${perFrame}*(${zoom.frames}-${frame}))`;
  const near = (side: string): string => `'${side}*${part}'`;
  const far = (side: string): string => `'${side}*(1-${part})'`;
  const corners = [near('W'), near('H'), far('W'), near('H'), near('W'), far('H'), far('W'), far('H')];
  const names = ['x0', 'y0', 'x1', 'y1', 'x2', 'y2', 'x3', 'y3'];
  return `perspective=${names.map((name, at) => `${name}=${corners[at]}`).join(':')}:interpolation=cubic:eval=frame`;
}
