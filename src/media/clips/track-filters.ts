import type { FrameSpan, PictureDrift, PictureSequence } from '../../overlays/overlay-track.ts';

/** Gives each picture of a sequence the time of its first frame; `overlay` shows it until the next one. */
export function sequenceFilters({ begins }: PictureSequence): string {
  const first = begins[0] ?? 0;
  const steps = begins.slice(1).map((frame, index) => `+${frame - (begins[index] ?? 0)}*gte(N,${index + 1})`);
  return `setpts='${first}${steps.join('')}'`;
}

/** Repeats the pictures of a drift for its frames, and fades it in and out. */
export function driftFilters({ pictures, before, fadeFrames, fadeOutAt }: PictureDrift, frames: FrameSpan): string {
  const fades = [
    `fade=in:start_frame=0:nb_frames=${fadeFrames}:alpha=1`,
    ...(fadeOutAt === null ? [] : [`fade=out:start_frame=${fadeOutAt}:nb_frames=${fadeFrames}:alpha=1`]),
  ];
  return [
    `loop=-1:${pictures}:0,setpts=N`,
    ...fades,
    `trim=start_frame=${before}:end_frame=${before + frames.end - frames.start},setpts=N+${frames.start}`,
  ].join(',');
}

/** The place of a drift in each frame, for the filter `overlay`: whole pixels, which the pictures divide further. */
export function driftPlace(
  { pictures, axis, step, before }: PictureDrift,
  { x, y }: { readonly x: number; readonly y: number },
  frames: FrameSpan,
  frameRate: number,
): string {
  const moved = `${step}*floor((${overlayFrame(frameRate)}-${frames.start - before})/${pictures})`;
  return axis === 'x' ? `x='${x}+${moved}':y=${y}` : `x=${x}:y='${y}+${moved}'`;
}

/** The number of the frame, from 0, in the expressions of `overlay`, whose own `n` begins at 1. */
export function overlayFrame(frameRate: number): string {
  return `round(t*${frameRate})`;
}

/**
 * Limits `overlay` to these frames. By time, because it counts the frames of its two inputs separately and applies the
 * condition to both.
 */
export function shownDuring({ start, end }: FrameSpan, frameRate: number): string {
  return `enable='between(t,${(start - 0.5) / frameRate},${(end - 0.5) / frameRate})'`;
}
