import { Cron } from 'croner';

/** When the quota of an outside service begins anew. */
export type QuotaReset = 'DAILY_UTC' | 'DAILY_PACIFIC' | 'MONTHLY_UTC';

/** Midnight exists once each day in all of these: clocks in California change at two in the morning. */
const BEGINNINGS: Readonly<Record<QuotaReset, { readonly pattern: string; readonly timezone: string }>> = {
  DAILY_UTC: { pattern: '0 0 * * *', timezone: 'UTC' },
  DAILY_PACIFIC: { pattern: '0 0 * * *', timezone: 'America/Los_Angeles' },
  MONTHLY_UTC: { pattern: '0 0 1 * *', timezone: 'UTC' },
};

/** The period that the time is in: from `startsAt` until before `resetsAt`. */
export function quotaPeriod(reset: QuotaReset, at: Date): { readonly startsAt: Date; readonly resetsAt: Date } {
  const { pattern, timezone } = BEGINNINGS[reset];
  const beginnings = new Cron(pattern, { timezone });
  const resetsAt = beginnings.nextRun(at);
  const startsAt = resetsAt && beginnings.previousRuns(1, resetsAt)[0];
  if (!resetsAt || !startsAt) throw new TypeError(`The pattern ${pattern} has no next time.`);
  return { startsAt, resetsAt };
}
