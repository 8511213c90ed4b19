import { expect, it } from 'vitest';
import { ageOf } from './age.ts';

it.each([
  [0, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [61, '1 min 1 s'],
  [3_599, '59 min 59 s'],
  [3_600, '1 h'],
  [3_661, '1 h 1 min'],
  [3_601, '1 h'],
  [86_399, '23 h 59 min'],
  [86_400, '1 d'],
  [90_000, '1 d 1 h'],
])('%d seconds are shown as "%s"', (seconds, said) => {
  expect(ageOf(seconds)).toBe(said);
});
