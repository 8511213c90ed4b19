import { z } from 'zod';

/** Measured figures of a provider that can have a target. */
export const JUDGED_METRICS = [
  'successRate',
  'errorRate',
  'timeoutRate',
  'partialFailureRate',
  'tokenRefreshSuccessRate',
  'averageRetries',
  'averageUploadSeconds',
  'p50Ms',
  'p90Ms',
  'p99Ms',
] as const;
export type JudgedMetric = (typeof JUDGED_METRICS)[number];

/** Better than the target is GOOD, worse than `warning` is WARNING. Where the target is above it, more is better. */
interface Target {
  readonly target: number;
  readonly warning: number;
}

/** By provider; the others have no targets. Rates are percentages. */
const TARGETS: Readonly<Record<string, Readonly<Partial<Record<JudgedMetric, Target>>>>> = {
  gemini: {
    successRate: { target: 95, warning: 90 },
    errorRate: { target: 5, warning: 10 },
    averageRetries: { target: 0.5, warning: 1 },
    p50Ms: { target: 2_000, warning: 5_000 },
    p90Ms: { target: 5_000, warning: 10_000 },
    p99Ms: { target: 10_000, warning: 20_000 },
  },
  stability: {
    successRate: { target: 90, warning: 85 },
    errorRate: { target: 10, warning: 15 },
    partialFailureRate: { target: 5, warning: 10 },
    p50Ms: { target: 5_000, warning: 10_000 },
    p90Ms: { target: 15_000, warning: 30_000 },
  },
  d_id: {
    successRate: { target: 90, warning: 85 },
    timeoutRate: { target: 5, warning: 10 },
    p50Ms: { target: 45_000, warning: 90_000 },
    p90Ms: { target: 90_000, warning: 120_000 },
  },
  youtube: {
    successRate: { target: 95, warning: 90 },
    tokenRefreshSuccessRate: { target: 99, warning: 95 },
    averageUploadSeconds: { target: 300, warning: 600 },
  },
};

export const metricVerdict = z.object({
  metric: z.enum(JUDGED_METRICS),
  value: z.number(),
  target: z.number(),
  warning: z.number(),
  critical: z.null(),
  verdict: z.enum(['GOOD', 'FAIR', 'WARNING']),
});
export type MetricVerdict = z.infer<typeof metricVerdict>;

/** A verdict for each figure that has a target and was measured. */
export function verdictsOf(
  provider: string,
  measured: Readonly<Record<JudgedMetric, number | null>>,
): readonly MetricVerdict[] {
  const targets = TARGETS[provider] ?? {};
  return JUDGED_METRICS.flatMap((metric) => {
    const [value, goal] = [measured[metric], targets[metric]];
    if (value === null || goal === undefined) return [];
    return [{ metric, value, ...goal, critical: null, verdict: verdictOf(value, goal) }];
  });
}

function verdictOf(value: number, { target, warning }: Target): MetricVerdict['verdict'] {
  const sign = target > warning ? 1 : -1;
  if (sign * value > sign * target) return 'GOOD';
  return sign * value < sign * warning ? 'WARNING' : 'FAIR';
}
