import { createHash } from 'node:crypto';
import type { FrameSize } from '../film/film.ts';
import type { FrameRange } from '../film/film-plan.ts';
import { type Pan, panFilters, panStills } from './pan.ts';
import { type Zoom, zoomFilters, zoomKeys, zoomOver, zoomStill } from './zoom.ts';

/** The motion of a still during its scene. It depends only on the scene's id, its length and the frame size. */
export type Motion = Pan | Zoom;

/**
 * Weights of the motions in the random choice. Zooms are rare: a zoom costs about half as much again as encoding its
 * frames, a pan almost nothing. Wide pictures mostly pan sideways, tall ones up and down.
 */
const WIDE = { right: 5, left: 5, up: 2, down: 2, in: 1, out: 1 };
const TALL = { up: 5, down: 5, right: 2, left: 2, in: 1, out: 1 };

/** Motion continues this long after the scene's own frames: the film's ending shows a few more of the last scene. */
const SLACK_FRAMES = 25;

/** The motion of a scene. `frames` is the scene's own length. */
export function motionOf(sceneId: string, frames: number, size: FrameSize): Motion {
  const toward = draw(sceneId, size.height > size.width ? TALL : WIDE);
  const lasting = frames + SLACK_FRAMES;
  return toward === 'in' || toward === 'out'
    ? zoomOver(toward, lasting, size)
    : { kind: 'pan', toward, frames: lasting, steps: panSteps(frames, size) };
}

/**
 * The filters that turn one decoded picture into the stills that a motion reads. They are the same for all frames of a
 * scene: several clips of one run share them. The picture's input must have the film's rate (`-r` before it).
 */
export function stillFilters(motion: Motion, size: FrameSize): string {
  return motion.kind === 'zoom' ? zoomStill(size) : panStills(motion, size);
}

/**
 * One filter chain for each key frame, drawn from the stills, in the order in which `moveFilters` reads them; none for
 * a pan, which reads the stills directly. Neighbouring clips of a scene have key frames in common.
 */
export function keyFilters(motion: Motion, range: FrameRange, size: FrameSize): readonly string[] {
  return motion.kind === 'zoom' ? zoomKeys(motion, range, size) : [];
}

/**
 * The filters that turn the stills, or the key frames where there are any, into the given frames of their scene: frame
 * k looks the same in every clip. The result is yuv420p, BT.709, limited range, at `frameRate`, starting at time 0.
 */
export function moveFilters(motion: Motion, range: FrameRange, size: FrameSize, frameRate: number): string {
  const move = motion.kind === 'zoom' ? zoomFilters(motion, range, frameRate) : panFilters(motion, range, size);
  // The time base first: setpts truncates fractions, and N/25/TB is not always whole. No fps filter: it would repeat
  // the last frame up to the end time of the trimmed stream.
  return `${move},settb=1/${frameRate},setpts=N,setsar=1`;
}

/**
 * The best picture size for a frame: large enough that panning never enlarges it much. An image provider that draws at
 * this size gives the sharpest film.
 */
export function pictureSizeFor(size: FrameSize): FrameSize {
  return { width: even(size.width * 1.05), height: even(size.height * 1.05) };
}

function draw(seed: string, weights: typeof WIDE): keyof typeof WIDE {
  const { right, left, up, down, in: nearer } = weights;
  const ticket = (createHash('sha256').update(seed).digest()[0] ?? 0) % 16;
  if (ticket < right) return 'right';
  if (ticket < right + left) return 'left';
  if (ticket < right + left + up) return 'up';
  if (ticket < right + left + up + down) return 'down';
  return ticket < right + left + up + down + nearer ? 'in' : 'out';
}

/** Frames needed to move two pixels: a pan crosses about 4 % of the frame in one scene, at most half a pixel a frame. */
function panSteps(frames: number, size: FrameSize): number {
  const travel = Math.max(size.width, size.height) * 0.04;
  return Math.min(64, Math.max(4, even((2 * frames) / travel)));
}

function even(value: number): number {
  return 2 * Math.round(value / 2);
}
