import { expect, it } from 'vitest';
import { MemoryCounter } from './memory-counter.ts';

it('A counter in memory begins again when its window has passed', () => {
  const clock = { now: 0 };
  const counter = new MemoryCounter(() => clock.now);
  expect(counter.count('a', 60)).toEqual({ hits: 1, secondsLeft: 60 });
  clock.now = 59_500;
  expect(counter.count('a', 60)).toEqual({ hits: 2, secondsLeft: 1 });
  clock.now = 60_000;
  expect(counter.count('a', 60)).toEqual({ hits: 1, secondsLeft: 60 });
});

it('A counter in memory forgets the oldest of more than ten thousand keys', () => {
  const counter = new MemoryCounter(() => 0);
  for (let key = 0; key <= 10_000; key++) counter.count(String(key), 60);
  expect(counter.count('10000', 60).hits).toBe(2);
  expect(counter.count('1', 60).hits).toBe(2);
  expect(counter.count('0', 60).hits).toBe(1);
});
