import { defineEntity, p } from '@mikro-orm/core';

/** How often the installation worked on a day (UTC), of the rounds in which its health was judged. */
export const AvailabilityDay = defineEntity({
  name: 'AvailabilityDay',
  tableName: 'availability_days',
  properties: {
    day: p.date().primary(),
    good: p.integer(),
    bad: p.integer(),
    lastRoundAt: p.datetime(3),
  },
});

/** The report of a day (UTC) that is over. */
export const DailyReport = defineEntity({
  name: 'DailyReport',
  tableName: 'daily_reports',
  properties: {
    day: p.date().primary(),
    report: p.json<object>(),
    writtenAt: p.datetime(3).defaultRaw('now()'),
  },
});
