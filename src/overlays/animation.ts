/** Seconds that words take to appear, all lines together, and to disappear. */
const ENTER_SECONDS = 0.29;
const LEAVE_SECONDS = 0.17;

/** How far an overlay has appeared and disappeared: 0 to 1 each. */
export interface Presence {
  readonly entered: number;
  readonly left: number;
}

/** Frames of both animations. */
export function animationFrames(frameRate: number): { readonly enter: number; readonly leave: number } {
  return { enter: Math.floor(ENTER_SECONDS * frameRate), leave: Math.floor(LEAVE_SECONDS * frameRate) };
}

/** The presence at a frame of an overlay that is shown for `length` frames, including both animations. */
export function presenceAt(frame: number, length: number, leaves: boolean, frameRate: number): Presence {
  const { enter, leave } = animationFrames(frameRate);
  return {
    entered: Math.min(1, (frame + 1) / enter),
    left: leaves ? Math.max(0, Math.min(1, (frame - (length - leave) + 1) / (leave + 1))) : 0,
  };
}

/** Fast at first, slow at the end (cubic). */
export function easedOut(share: number): number {
  return 1 - (1 - share) ** 3;
}

/** Slow at both ends (smoothstep). */
export function easedBoth(share: number): number {
  return share * share * (3 - 2 * share);
}

/** The share of one of several parts whose animations begin one after the other, from the share of all of them. */
export function staggered(share: number, index: number, count: number): number {
  const delay = count > 1 ? Math.min(0.15, 0.5 / (count - 1)) : 0;
  const own = 1 - delay * (count - 1);
  return Math.max(0, Math.min(1, (share - delay * index) / own));
}
