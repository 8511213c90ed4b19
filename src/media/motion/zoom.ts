import type { FrameSize } from '../film/film.ts';
import type { FrameRange } from '../film/film-plan.ts';
import { coverFilters } from './picture-filters.ts';

/** A zoom about the centre, with a resampled key frame every `keyEvery` frames. */
export interface Zoom {
  readonly kind: 'zoom';
  readonly toward: 'in' | 'out';
  /** Duration of the motion. */
  readonly frames: number;
  readonly keyEvery: number;
}

/**
 * Largest movement of each edge over the scene, and in one frame, as a fraction of the frame. With the margin outside
 * of the widest view that is 4.5 % of the picture on each side, as much as a pan cuts off: image providers keep words
 * out of it.
 */
const FURTHEST = 0.017;
const FASTEST = 0.0001;
/**
 * Pixels of the still for each displayed pixel at the widest view, and the still's size relative to that view. Near 1,
 * ratios of whole numbers are far apart; of all pairs tried for 480p to 1080p, these two approximate any view within
 * 0.06 pixels.
 */
const DENSITY = 1.08;
const SPARE = 1.06;
/** Largest movement of an edge, in pixels, between two key frames. */
const KEY_STEP = 0.8;

/**
 * A zoom over the given number of frames. A slow one needs few key frames: at most about forty at 720p, whatever its
 * duration.
 */
export function zoomOver(toward: Zoom['toward'], frames: number, size: FrameSize): Zoom {
  const step = perFrame(frames) * Math.max(size.width, size.height);
  return { kind: 'zoom', toward, frames, keyEvery: Math.max(2, Math.floor(KEY_STEP / step)) };
}

/**
 * The filter for the still of a zoom: larger than the frame, with full-resolution chroma, so that it can be cropped at
 * any pixel.
 */
export function zoomStill(size: FrameSize): string {
  return coverFilters(stillOf(size), stillOf(size), 'yuv444p');
}

/**
 * Draws the key frames around the given frames from a still made by `zoomStill`, each with its own filters. Scaling
 * filters accept whole pixels only, so each key frame is cropped larger than its view and scaled by a ratio of whole
 * numbers that approximates the view to hundredths of a pixel: a third of the cost of `perspective`, which accepts
 * fractions.
 */
export function zoomKeys(zoom: Zoom, range: FrameRange, size: FrameSize): readonly string[] {
  const { first, count } = keysAround(zoom, range);
  return Array.from({ length: count }, (_, at) => keyFilters(viewOf(zoom, (first + at) * zoom.keyEvery), size));
}

/** Makes a zoom without jitter from its key frames: `framerate` blends the frames between them. */
export function zoomFilters(zoom: Zoom, range: FrameRange, frameRate: number): string {
  const { count, skipped } = keysAround(zoom, range);
  const keyRate = frameRate / zoom.keyEvery;
  return [
    `concat=n=${count},settb=1/${keyRate},setpts=N,fps=${keyRate}`,
    `framerate=fps=${frameRate}:interp_start=0:interp_end=255:scene=100`,
    `trim=start_frame=${skipped}:end_frame=${skipped + range.end - range.start}`,
  ].join(',');
}

/** Key frames from the last before the range to the first after it, and the number of frames before the range. */
function keysAround({ keyEvery }: Zoom, { start, end }: FrameRange) {
  const first = Math.floor(start / keyEvery);
  return { first, count: Math.ceil(end / keyEvery) - first + 1, skipped: start - first * keyEvery };
}

/** The visible fraction of the film's frame at a frame of the zoom: 1 is all of it. */
function viewOf(zoom: Zoom, frame: number): number {
  const elapsed = zoom.toward === 'in' ? frame : Math.max(0, zoom.frames - frame);
  return 1 - 2 * perFrame(zoom.frames) * elapsed;
}

function perFrame(frames: number): number {
  return Math.min(FASTEST, FURTHEST / frames);
}

function keyFilters(view: number, size: FrameSize): string {
  const still = stillOf(size);
  const across = nearestIntegerCrop(view * DENSITY * size.width, still.width, size.width);
  const along = nearestIntegerCrop(view * DENSITY * size.height, still.height, size.height);
  const cut = `crop=${across.cut}:${along.cut}:exact=1`;
  // The two scalings differ by less than a thousandth; a sample aspect ratio with that difference would prevent joining
  // the key frames.
  const scale = `scale=${across.scaled}:${along.scaled}:flags=bicubic,format=yuv420p,setsar=1`;
  return `${cut},${scale},crop=${size.width}:${size.height}`;
}

/**
 * Of all lengths that can be cropped from the middle of the still, the one that, scaled to another length, comes
 * nearest to showing `view` pixels in `shown`. Both keep the middle in place: the second crop works on chroma of half
 * size.
 */
function nearestIntegerCrop(
  view: number,
  still: number,
  shown: number,
): { readonly cut: number; readonly scaled: number } {
  let best = { cut: still, scaled: shown };
  let nearest = Number.POSITIVE_INFINITY;
  for (let cut = 2 * Math.ceil(view / 2); cut <= still; cut += 2) {
    const scaled = shown + 4 * Math.max(0, Math.round(((shown * cut) / view - shown) / 4));
    const off = Math.abs((shown * cut) / scaled - view);
    if (off < nearest) [best, nearest] = [{ cut, scaled }, off];
  }
  return best;
}

function stillOf({ width, height }: FrameSize): FrameSize {
  return { width: even(width * DENSITY * SPARE), height: even(height * DENSITY * SPARE) };
}

function even(value: number): number {
  return 2 * Math.round(value / 2);
}
