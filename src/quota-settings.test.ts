import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { DEFAULT_QUOTA_LIMITS, readQuotaLimits } from './quota-settings.ts';

const find = (limits: typeof DEFAULT_QUOTA_LIMITS, name: string) =>
  limits.find(({ plan, type, period }) => `${plan}_${type}_${period}` === name)?.most;

describe('The limits of plans', () => {
  it('have a default for each plan, type and period, which grows with the plan and the period', () => {
    expect(DEFAULT_QUOTA_LIMITS).toHaveLength(3 * 5 * 2);
    for (const { type, period } of DEFAULT_QUOTA_LIMITS) {
      const [free = 0, creator = 0, premium = 0] = ['FREE', 'CREATOR', 'PREMIUM'].map((plan) =>
        find(DEFAULT_QUOTA_LIMITS, `${plan}_${type}_${period}`),
      );
      expect(free).toBeLessThan(creator);
      expect(creator).toBeLessThan(premium);
    }
  });

  it.each(['0', '1', '100000000'])('can be set to %s', (value) => {
    const limits = readQuotaLimits({ QUOTA_FREE_VIDEO_DAILY: value, QUOTA_FREE_VIDEO_MONTHLY: '  ' }, []);
    expect(find(limits, 'FREE_VIDEO_DAILY')).toBe(Number(value));
    expect(find(limits, 'FREE_VIDEO_MONTHLY')).toBe(500);
  });

  it.each(['-1', '1.5', 'many', '100000001'])('cannot be set to %s, which stops the start', (value) => {
    expect(() => loadConfig({ QUOTA_FREE_VIDEO_DAILY: value })).toThrow(
      'The setting QUOTA_FREE_VIDEO_DAILY is wrong: must be a whole number from 0 to 100000000',
    );
  });
});
