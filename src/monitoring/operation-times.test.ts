import { expect, it } from 'vitest';
import { OperationTimes } from './operation-times.ts';

it('Operations are counted by their root fields, in any order, and taken once', () => {
  const times = new OperationTimes();
  times.ended(new Set(['viewer', 'videos']), false, 0.002);
  times.ended(new Set(['videos', 'viewer']), true, 0.5);
  times.ended(new Set(['a', 'b', 'c', 'd']), false, 0);
  const [videos, many] = times.take();
  expect(videos).toEqual({
    operation: 'videos, viewer',
    requests: 2,
    errors: 1,
    totalMs: 502,
    minMs: 2,
    maxMs: 500,
    buckets: new Map([
      [4, 1],
      [36, 1],
    ]),
  });
  expect(many).toMatchObject({ operation: 'a, b, c, …', requests: 1, minMs: 0 });
  expect(times.take()).toEqual([]);
});

it('Ever new combinations of fields are counted together from the 201st on', () => {
  const times = new OperationTimes();
  for (let count = 0; count < 1_000; count++) times.ended(new Set([`field${count}`]), false, 0.001);
  times.ended(new Set(['field1']), false, 0.001);
  const taken = times.take();
  expect(taken).toHaveLength(201);
  expect(taken.at(-1)).toMatchObject({ operation: 'other operations', requests: 800 });
  expect(taken[1]).toMatchObject({ operation: 'field1', requests: 2 });
});
