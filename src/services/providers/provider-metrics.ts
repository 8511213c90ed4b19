import { z } from 'zod';
import type { CallCounts } from './provider-sql.ts';
import { metricVerdict, verdictsOf } from './provider-targets.ts';

/** Rates are percentages, null while there is nothing to count. */
export const providerMetrics = z.object({
  calls: z.number(),
  successRate: z.number().nullable(),
  errorRate: z.number().nullable(),
  timeoutRate: z.number().nullable(),
  partialFailureRate: z.number().nullable(),
  tokenRefreshSuccessRate: z.null(),
  averageRetries: z.number().nullable(),
  averageUploadSeconds: z.null(),
  consecutiveFailures: z.number(),
  p50Ms: z.number().nullable(),
  p90Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  cost: z.string(),
  verdicts: z.array(metricVerdict),
});
export type ProviderMetrics = z.infer<typeof providerMetrics>;

/** A provider that was not called. */
export const NO_CALLS: CallCounts = {
  calls: 0,
  failures: 0,
  timeouts: 0,
  generations: 0,
  p50: null,
  p90: null,
  p99: null,
  cost: '0.0000',
};

/** What is counted beside the calls. */
export interface OtherCounts {
  readonly consecutiveFailures: number;
  readonly partialFailureRate: number | null;
}

export function metricsFrom(
  provider: string,
  counted: CallCounts,
  { consecutiveFailures, partialFailureRate }: OtherCounts,
): ProviderMetrics {
  const rate = (part: number) => (counted.calls === 0 ? null : (100 * part) / counted.calls);
  const measured = {
    successRate: rate(counted.calls - counted.failures),
    errorRate: rate(counted.failures),
    timeoutRate: rate(counted.timeouts),
    partialFailureRate,
    // No provider renews tokens or uploads.
    tokenRefreshSuccessRate: null,
    averageRetries: counted.generations === 0 ? null : counted.calls / counted.generations - 1,
    averageUploadSeconds: null,
    p50Ms: counted.p50,
    p90Ms: counted.p90,
    p99Ms: counted.p99,
  };
  return {
    calls: counted.calls,
    ...measured,
    consecutiveFailures,
    cost: counted.cost,
    verdicts: [...verdictsOf(provider, measured)],
  };
}
