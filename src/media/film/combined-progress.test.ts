import { expect, it } from 'vitest';
import { CombinedProgress } from './combined-progress.ts';

it('Combined progress only increases, never exceeds 1, and is 1 only at the end', () => {
  const seen: number[] = [];
  const progress = new CombinedProgress((fraction) => seen.push(fraction));
  const [one, other] = [progress.part(0.5), progress.part(0.5)];
  one(0.5);
  other(0.2);
  one(0.1);
  one(1);
  other(7);
  expect(Math.max(...seen)).toBeLessThan(1);
  progress.end();
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
});
