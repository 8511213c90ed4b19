import { describe, expect, it } from 'vitest';
import { quotaStatus, usedPercentage } from './quota-status.ts';

describe('A quota', () => {
  it.each([
    [0, 'HEALTHY'],
    [79.99, 'HEALTHY'],
    [80, 'WARNING'],
    [89.99, 'WARNING'],
    [90, 'CRITICAL'],
    [99.99, 'CRITICAL'],
    [100, 'EXCEEDED'],
  ])('of which %d %% are used is %s', (percentage, status) => {
    expect(quotaStatus(percentage)).toBe(status);
  });

  it('of nothing is used up', () => {
    expect(usedPercentage(0, 0)).toBe(100);
  });

  it('shows at most 100 %, also where a service allows more than its limit', () => {
    expect(usedPercentage(12_000, 10_000)).toBe(100);
    expect(usedPercentage(7_999, 10_000)).toBe(79.99);
  });
});
