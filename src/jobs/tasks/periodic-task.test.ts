import { describe, expect, it } from 'vitest';
import { keyOf, nextTime, scheduleOf } from './periodic-task.ts';

const next = (pattern: string, after: string, timeZone?: string) =>
  nextTime({ name: 'a-task', pattern, ...(timeZone && { timeZone }) }, new Date(after)).toISOString();

describe('A task is next due', () => {
  it('at the first moment of its pattern that is later, in UTC', () => {
    expect(next('*/10 * * * *', '2026-01-01T09:59:59.999Z')).toBe('2026-01-01T10:00:00.000Z');
    expect(next('*/10 * * * *', '2026-01-01T10:00:00.000Z')).toBe('2026-01-01T10:10:00.000Z');
    expect(next('17 3 * * *', '2026-01-01T03:17:00.001Z')).toBe('2026-01-02T03:17:00.000Z');
  });

  it('at midnight of its own time zone, also on the day when its clocks are put forward', () => {
    const midnight = (after: string) => next('0 0 * * *', after, 'America/Los_Angeles');
    expect(midnight('2026-03-08T07:00:00Z')).toBe('2026-03-08T08:00:00.000Z');
    expect(midnight('2026-03-08T08:00:00Z')).toBe('2026-03-09T07:00:00.000Z');
  });

  it.each([
    ['61 * * * *', undefined],
    ['often', undefined],
    ['0 0 31 2 *', undefined],
    ['* * * * *', 'Mars/Olympus'],
  ])('never by "%s" in %s, and the sentence names the task', (pattern, timeZone) => {
    expect(() => next(pattern, '2026-01-01T00:00:00Z', timeZone)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('a-task') }),
    );
  });
});

it('A schedule is another one in another time zone', () => {
  const task = { name: 'a-task', pattern: '0 0 * * *' };
  expect(scheduleOf(task)).toBe(scheduleOf({ ...task, timeZone: 'UTC' }));
  expect(scheduleOf(task)).not.toBe(scheduleOf({ ...task, timeZone: 'Asia/Taipei' }));
});

it('A task of each machine has a row and a lock for each', () => {
  expect(keyOf({ name: 'clips', scope: 'machine' }, 'one')).toBe('clips@one');
  expect(keyOf({ name: 'purge', scope: 'installation' }, 'one')).toBe('purge');
});
