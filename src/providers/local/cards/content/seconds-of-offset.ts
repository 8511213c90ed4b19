import type { SpokenNarration } from '../../../ports.ts';

/**
 * When the character at an offset of the narration (UTF-16 units) is spoken, in seconds. Within what is spoken at once,
 * such as a Chinese clause, all characters take the same time.
 */
export function secondsOfOffset(offset: number, { timings, durationSeconds }: SpokenNarration): number {
  let [low, high] = [0, timings.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((timings[middle]?.textEnd ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  const timing = timings[low];
  if (timing === undefined) return durationSeconds;
  const { startSeconds, endSeconds, textStart, textEnd } = timing;
  const share = Math.max(0, offset - textStart) / Math.max(1, textEnd - textStart);
  return startSeconds + share * (endSeconds - startSeconds);
}
