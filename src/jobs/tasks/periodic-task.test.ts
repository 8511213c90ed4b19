import { describe, expect, it } from 'vitest';
import { keyOf, nextTime, scheduleOf } from './periodic-task.ts';

const next = (pattern: string, after: string, timeZone?: string) =>
  nextTime({ name: 'a-task', pattern, ...(timeZone && { timeZone }) }, new Date(after)).toISOString();

describe('The next run of a task', () => {
  it('is at the first later time of its pattern, in UTC', () => {
    expect(next('*/10 * * * *', '2026-01-01T09:59:59.999Z')).toBe('2026-01-01T10:00:00.000Z');
    expect(next('*/10 * * * *', '2026-01-01T10:00:00.000Z')).toBe('2026-01-01T10:10:00.000Z');
    expect(next('17 3 * * *', '2026-01-01T03:17:00.001Z')).toBe('2026-01-02T03:17:00.000Z');
  });

  it('follows the task’s time zone, also on the day when daylight saving time begins', () => {
    const midnight = (after: string) => next('0 0 * * *', after, 'America/Los_Angeles');
    expect(midnight('2026-03-08T07:00:00Z')).toBe('2026-03-08T08:00:00.000Z');
    expect(midnight('2026-03-08T08:00:00Z')).toBe('2026-03-09T07:00:00.000Z');
  });

  it.each([
    ['61 * * * *', undefined],
    ['often', undefined],
    ['0 0 31 2 *', undefined],
    ['* * * * *', 'Mars/Olympus'],
  ])('is refused for the pattern "%s" in %s, and the error names the task', (pattern, timeZone) => {
    expect(() => next(pattern, '2026-01-01T00:00:00Z', timeZone)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('a-task') }),
    );
  });
});

it('A schedule differs in another time zone', () => {
  const task = { name: 'a-task', pattern: '0 0 * * *' };
  expect(scheduleOf(task)).toBe(scheduleOf({ ...task, timeZone: 'UTC' }));
  expect(scheduleOf(task)).not.toBe(scheduleOf({ ...task, timeZone: 'Asia/Taipei' }));
});

it('A task of scope machine has a row and a lock for each machine', () => {
  expect(keyOf({ name: 'clips', scope: 'machine' }, 'one')).toBe('clips@one');
  expect(keyOf({ name: 'purge', scope: 'installation' }, 'one')).toBe('purge');
});
