import { describe, expect, it } from 'vitest';
import { quotaPeriod } from './quota-periods.ts';

const periodAt = (reset: Parameters<typeof quotaPeriod>[0], at: string) => {
  const { startsAt, resetsAt } = quotaPeriod(reset, new Date(at));
  return [startsAt.toISOString(), resetsAt.toISOString()];
};

describe('The period of a quota', () => {
  it.each([
    ['2026-02-28T00:00:00.000Z', '2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['2026-02-28T23:59:59.999Z', '2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
  ])('that is reset daily in UTC contains %s', (at, startsAt, resetsAt) => {
    expect(periodAt('DAILY_UTC', at)).toEqual([startsAt, resetsAt]);
  });

  it.each([
    ['2028-02-29T12:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z'],
  ])('that is reset monthly contains %s', (at, startsAt, resetsAt) => {
    expect(periodAt('MONTHLY_UTC', at)).toEqual([startsAt, resetsAt]);
  });

  // In 2026 daylight saving begins in California on 8 March and ends on 1 November.
  it.each([
    ['in winter', '2026-01-15T07:59:59.999Z', '2026-01-14T08:00:00.000Z', '2026-01-15T08:00:00.000Z'],
    ['in winter, from midnight on', '2026-01-15T08:00:00.000Z', '2026-01-15T08:00:00.000Z', '2026-01-16T08:00:00.000Z'],
    ['in summer', '2026-07-15T06:59:59.999Z', '2026-07-14T07:00:00.000Z', '2026-07-15T07:00:00.000Z'],
    ['in summer, from midnight on', '2026-07-15T07:00:00.000Z', '2026-07-15T07:00:00.000Z', '2026-07-16T07:00:00.000Z'],
    ['of 23 hours', '2026-03-08T20:00:00.000Z', '2026-03-08T08:00:00.000Z', '2026-03-09T07:00:00.000Z'],
    ['of 25 hours', '2026-11-02T07:30:00.000Z', '2026-11-01T07:00:00.000Z', '2026-11-02T08:00:00.000Z'],
  ])('that is reset at midnight in California is a day %s', (_, at, startsAt, resetsAt) => {
    expect(periodAt('DAILY_PACIFIC', at)).toEqual([startsAt, resetsAt]);
  });
});
