import { describe, expect, it } from 'vitest';
import { type JudgedMetric, verdictsOf } from './provider-targets.ts';

const NOTHING = {
  successRate: null,
  errorRate: null,
  timeoutRate: null,
  partialFailureRate: null,
  tokenRefreshSuccessRate: null,
  averageRetries: null,
  averageUploadSeconds: null,
  p50Ms: null,
  p90Ms: null,
  p99Ms: null,
};

/** Verdicts on these figures; nothing else was measured. */
const judge = (provider: string, measured: Partial<Record<JudgedMetric, number>>) =>
  verdictsOf(provider, { ...NOTHING, ...measured });

describe('A provider with targets', () => {
  it.each([
    ['gemini', 'successRate', 95.1, 'GOOD'],
    ['gemini', 'successRate', 95, 'FAIR'],
    ['gemini', 'successRate', 90, 'FAIR'],
    ['gemini', 'successRate', 89.9, 'WARNING'],
    ['gemini', 'errorRate', 4.9, 'GOOD'],
    ['gemini', 'errorRate', 10.1, 'WARNING'],
    ['gemini', 'averageRetries', 0.4, 'GOOD'],
    ['gemini', 'averageRetries', 1.1, 'WARNING'],
    ['gemini', 'p50Ms', 1_999, 'GOOD'],
    ['gemini', 'p90Ms', 7_200, 'FAIR'],
    ['gemini', 'p99Ms', 20_001, 'WARNING'],
    ['stability', 'successRate', 91, 'GOOD'],
    ['stability', 'successRate', 84, 'WARNING'],
    ['stability', 'errorRate', 12, 'FAIR'],
    ['stability', 'partialFailureRate', 11, 'WARNING'],
    ['stability', 'p50Ms', 4_000, 'GOOD'],
    ['stability', 'p90Ms', 31_000, 'WARNING'],
    ['d_id', 'successRate', 87, 'FAIR'],
    ['d_id', 'timeoutRate', 4, 'GOOD'],
    ['d_id', 'p50Ms', 91_000, 'WARNING'],
    ['d_id', 'p90Ms', 100_000, 'FAIR'],
    ['youtube', 'successRate', 89, 'WARNING'],
    ['youtube', 'tokenRefreshSuccessRate', 99.5, 'GOOD'],
    ['youtube', 'averageUploadSeconds', 601, 'WARNING'],
  ] as const)('%s: a %s of %d is %s', (provider, metric, value, verdict) => {
    expect(judge(provider, { [metric]: value })).toEqual([
      expect.objectContaining({ metric, value, critical: null, verdict }),
    ]);
  });

  it('shows the target and the warning beside the figure', () => {
    const verdict = { metric: 'p90Ms', value: 7_200, target: 5_000, warning: 10_000, critical: null, verdict: 'FAIR' };
    expect(judge('gemini', { p90Ms: 7_200 })).toEqual([verdict]);
  });

  it('has no verdict on what was not measured, or has no target', () => {
    expect(judge('stability', { p99Ms: 1, timeoutRate: 1 })).toEqual([]);
    expect(judge('gemini', {})).toEqual([]);
  });
});

it('A provider without targets has no verdicts', () => {
  expect(judge('openai', { successRate: 0, p50Ms: 1 })).toEqual([]);
});
