import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { encodeEventId } from '../../ids.ts';
import { resumePoint } from './resume-point.ts';

const ownerId = randomUUID();
const at = (seq: number) => encodeEventId({ ownerId, seq });

it.each([
  [undefined, undefined, undefined],
  [null, undefined, undefined],
  [at(3), undefined, at(3)],
  [undefined, at(3), at(3)],
  [null, at(3), at(3)],
  [at(9), at(10), at(10)],
  [at(10), at(9), at(10)],
  [at(255), at(256), at(256)],
  [at(7), at(7), at(7)],
  // The function that opens the stream refuses this.
  ['nonsense', at(3), 'nonsense'],
])('after %s with Last-Event-ID %s, a stream resumes after %s', (after, lastEventId, point) => {
  expect(resumePoint(after, lastEventId)).toBe(point);
});

it('refuses a Last-Event-ID that is not an event id, and one of another owner than `after`', () => {
  const other = encodeEventId({ ownerId: randomUUID(), seq: 3 });
  for (const id of ['nonsense', '', 'event_', '7']) expect(() => resumePoint(at(1), id)).toThrow('Last-Event-ID');
  expect(() => resumePoint(at(1), other)).toThrow('different streams');
});
