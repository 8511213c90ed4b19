import type { ProviderReadings } from '../providers/provider.service.ts';
import type { AlertReadings } from './alert-readings.ts';
import type { AlertCause, Causes } from './alert-rule.ts';
import { isIn, type Range, rounded } from './figures.ts';

/** Services whose last call was refused because of the key. */
export function invalidKeys(readings: AlertReadings): Causes {
  return ofServices(readings, ({ name, lastErrorCode }) =>
    lastErrorCode?.endsWith('_INVALID_API_KEY')
      ? {
          errorCode: lastErrorCode,
          message: `${name} does not accept its API key.`,
          actionRequired: `Set a valid key, restart the processes, and run \`autovideo providers test ${name}\`.`,
        }
      : null,
  );
}

/** Services whose last calls have all failed, so many as the range says. */
export function failuresInARow(readings: AlertReadings, range: Range): Causes {
  return ofServices(readings, ({ name, metrics: { consecutiveFailures: failures }, lastErrorCode }) =>
    isIn(failures, range)
      ? {
          errorCode: lastErrorCode,
          message: `The last ${failures} calls of ${name} failed.`,
          details: { failures, threshold: range.over },
        }
      : null,
  );
}

/** Services whose error rate is over their own mark, or over `percent` where they have none; of those with so many calls. */
export function errorRates(readings: AlertReadings, percent: number, atLeastCalls: number): Causes {
  return ofServices(readings, ({ name, metrics: { calls, errorRate, verdicts }, lastErrorCode }) => {
    const mark = verdicts.find(({ metric }) => metric === 'errorRate')?.warning ?? percent;
    if (errorRate === null || calls < atLeastCalls || errorRate <= mark) return null;
    return {
      errorCode: lastErrorCode,
      message: `${rounded(errorRate)} % of ${calls} calls of ${name} failed within 15 minutes.`,
      details: { value: rounded(errorRate), threshold: mark, calls },
    };
  });
}

/** Services with another figure beyond its warning mark: latencies, retries, rates of success and of timeouts. */
export function figuresBeyondMarks(readings: AlertReadings, atLeastCalls: number): Causes {
  return ofServices(readings, ({ name, metrics: { calls, verdicts } }) => {
    const beyond = verdicts.filter(({ metric, verdict }) => verdict === 'WARNING' && metric !== 'errorRate');
    if (calls < atLeastCalls || beyond.length === 0) return null;
    const figures = beyond.map(({ metric, value, warning }) => `${metric} ${rounded(value)} (mark ${warning})`);
    return {
      message: `Figures of ${name} are beyond their marks: ${figures.join(', ')}.`,
      details: { calls, ...Object.fromEntries(beyond.map(({ metric, value }) => [metric, rounded(value)])) },
    };
  });
}

/** Quotas that are used by `from` percent or more, and less than `below`. */
export function quotasFrom({ quotas }: AlertReadings, from: number, below = Number.POSITIVE_INFINITY): Causes {
  return quotas?.flatMap(({ service, used, total, percentage, resetAt }) => {
    if (total === null || percentage === null || percentage < from || percentage >= below) return [];
    const cause: AlertCause = {
      service,
      errorCode: `${service.toUpperCase()}_QUOTA_EXCEEDED`,
      message: `${rounded(percentage)} % of the quota of ${service} are used: ${used} of ${total}.`,
      details: {
        quota_used: used,
        quota_remaining: Math.max(0, total - used),
        quota_total: total,
        quota_percentage: rounded(percentage),
        reset_date: resetAt?.toISOString() ?? null,
      },
    };
    return [cause];
  });
}

function ofServices(
  { services }: AlertReadings,
  causeOf: (service: ProviderReadings) => Omit<AlertCause, 'service'> | null,
): Causes {
  return services?.flatMap((service) => {
    const cause = causeOf(service);
    return cause ? [{ ...cause, service: service.name }] : [];
  });
}
