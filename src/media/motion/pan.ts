import type { FrameSize } from '../film/film.ts';
import type { FrameRange } from '../film/film-plan.ts';
import { coverFilters } from './picture-filters.ts';

/** A pan: two pixels in `steps` frames, an even number. */
export interface Pan {
  readonly kind: 'pan';
  readonly toward: 'left' | 'right' | 'up' | 'down';
  /** Duration of the motion; the picture is still afterwards. */
  readonly frames: number;
  readonly steps: number;
}

/**
 * The stills of a pan, in reading order. The picture is enlarged once, `steps / 2` times along the direction of the
 * pan, and sampled as `steps` stills, each shifted by 2 / steps pixels.
 */
export function panStills(pan: Pan, size: FrameSize): string {
  const { axis, still } = wayOf(pan, size);
  const enlarged = pan.steps / 2;
  const phase = isOnward(pan) ? 'n' : `${pan.steps}-n`;
  return [
    coverFilters(axis.grow(still, 2), axis.scale(axis.grow(still, 2), enlarged)),
    `loop=${pan.steps - 1}:1:0,setpts=N`,
    axis.crop(axis.scale(still, enlarged), phase),
    // Sampling every n-th pixel of an enlarged picture is the interpolation itself; any other filter would blur again.
    `scale=${still.width}:${still.height}:flags=neighbor,format=yuv420p`,
  ].join(',');
}

/**
 * An even pan at nearly no cost: the stills repeat, and after every repetition a whole-pixel crop moves by two pixels.
 * Two, because chroma has half the resolution: the crop then shifts luma and chroma equally and copies no pixels.
 */
export function panFilters(pan: Pan, range: FrameRange, size: FrameSize): string {
  const { axis, still, rounds } = wayOf(pan, size);
  const round = `2*floor(n/${pan.steps})`;
  const jump = isOnward(pan) ? round : `${2 * (rounds - 1)}-${round}`;
  return [
    `loop=-1:${pan.steps}:0,setpts=N`,
    axis.cropCentred(size, jump, still),
    `trim=start_frame=${range.start}:end_frame=${range.end}`,
  ].join(',');
}

function wayOf(pan: Pan, size: FrameSize) {
  const axis = pan.toward === 'left' || pan.toward === 'right' ? ACROSS : ALONG;
  const rounds = Math.ceil(pan.frames / pan.steps);
  return { axis, rounds, still: axis.stillSize(size, 2 * rounds) };
}

function isOnward({ toward }: Pan): boolean {
  return toward === 'right' || toward === 'down';
}

const ACROSS = {
  /** The frame's size plus `way` pixels of travel, and higher so that the picture keeps its aspect ratio. */
  stillSize: (size: FrameSize, way: number): FrameSize => {
    const width = size.width + way;
    return { width, height: 2 * Math.ceil((size.height * width) / size.width / 2) };
  },
  grow: (size: FrameSize, by: number): FrameSize => ({ width: size.width + by, height: size.height }),
  scale: (size: FrameSize, factor: number): FrameSize => ({ width: size.width * factor, height: size.height }),
  crop: (size: FrameSize, x: string): string => `crop=${size.width}:${size.height}:x=${x}:y=0:exact=1`,
  cropCentred: (size: FrameSize, x: string, still: FrameSize): string =>
    `crop=${size.width}:${size.height}:x=${x}:y=${2 * Math.floor((still.height - size.height) / 4)}`,
};

const ALONG: typeof ACROSS = {
  stillSize: (size, way) => {
    const height = size.height + way;
    return { height, width: 2 * Math.ceil((size.width * height) / size.height / 2) };
  },
  grow: (size, by) => ({ width: size.width, height: size.height + by }),
  scale: (size, factor) => ({ width: size.width, height: size.height * factor }),
  crop: (size, y) => `crop=${size.width}:${size.height}:x=0:y=${y}:exact=1`,
  cropCentred: (size, y, still) =>
    `crop=${size.width}:${size.height}:x=${2 * Math.floor((still.width - size.width) / 4)}:y=${y}`,
};
