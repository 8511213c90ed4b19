import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Parses "2h", "30m", "1d" or a time such as 2030-01-31T00:00:00Z into milliseconds since 1970. */
export function sinceOf(text: string, now = Date.now()): number {
  const [, count, unit = ''] = /^(\d{1,9})(s|m|min|h|d)$/.exec(text.trim()) ?? [];
  if (count !== undefined) return now - Number(count) * (UNIT_MS[unit] ?? 0);
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError('It must be an age such as 30m, 2h or 1d, or a time such as 2030-01-31T00:00:00Z.');
  return time;
}
