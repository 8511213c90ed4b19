import type { FigureCounter } from '../overlay.ts';

/** Numbers before the author's, at most, and how far the first is below it: a share of it. */
const MOST_STEPS = 6;
const FARTHEST = 0.2;
/** A step is a whole number of about this share. */
const STEP_SHARE = 0.02;

/**
 * The whole numbers that are shown before the author's, ascending in equal steps and written as he writes his: for "4,000"
 * "3,520", "3,600" … "3,920".
 */
export function numbersBefore({ value, groupMark }: FigureCounter): string[] {
  const step = Math.max(1, Math.floor(value * STEP_SHARE));
  const count = Math.min(MOST_STEPS, Math.floor((value * FARTHEST) / step));
  return Array.from({ length: count }, (_, index) => inGroups(String(value - step * (count - index)), groupMark));
}

function inGroups(digits: string, mark: string): string {
  const first = digits.length % 3 || 3;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return groups.join(mark);
}
