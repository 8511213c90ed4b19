import { z } from 'zod';
import type { SettingProblem } from './service-settings.ts';

const PLANS = ['FREE', 'CREATOR', 'PREMIUM'] as const;
const TYPES = ['VIDEO', 'TEXT', 'IMAGE', 'AUDIO', 'TRANSCRIPT'] as const;
const PERIODS = ['DAILY', 'MONTHLY'] as const;
type PlanName = (typeof PLANS)[number];
type TypeName = (typeof TYPES)[number];
type PeriodName = (typeof PERIODS)[number];

/** What a plan allows of each type in each period: a row of the table of limits. */
export interface QuotaLimit {
  readonly plan: PlanName;
  readonly type: TypeName;
  readonly period: PeriodName;
  readonly most: number;
}

/** A day, then a month. VIDEO counts videos; the others count what a user generates directly, not what videos need. */
const DEFAULTS: Readonly<Record<PlanName, Readonly<Record<TypeName, readonly [daily: number, monthly: number]>>>> = {
  FREE: { VIDEO: [50, 500], TEXT: [50, 500], IMAGE: [20, 200], AUDIO: [20, 200], TRANSCRIPT: [20, 200] },
  CREATOR: {
    VIDEO: [200, 3_000],
    TEXT: [200, 3_000],
    IMAGE: [100, 1_500],
    AUDIO: [100, 1_500],
    TRANSCRIPT: [100, 1_500],
  },
  PREMIUM: {
    VIDEO: [1_000, 20_000],
    TEXT: [1_000, 20_000],
    IMAGE: [500, 10_000],
    AUDIO: [500, 10_000],
    TRANSCRIPT: [500, 10_000],
  },
};

const limit = z.coerce.number().int().min(0).max(100_000_000);

/**
 * The limits of all plans: QUOTA_<PLAN>_<TYPE>_<PERIOD>, e.g. QUOTA_FREE_VIDEO_DAILY, replaces a default. Problems are added to the
 * list. Blank settings count as omitted.
 */
export function readQuotaLimits(
  env: Readonly<Record<string, string | undefined>>,
  problems: SettingProblem[],
): readonly QuotaLimit[] {
  return PLANS.flatMap((plan) =>
    TYPES.flatMap((type) =>
      PERIODS.map((period, index) => {
        const setting = `QUOTA_${plan}_${type}_${period}`;
        const text = env[setting]?.trim() ?? '';
        const parsed = limit.safeParse(text);
        if (text !== '' && !parsed.success)
          problems.push({ setting, message: 'must be a whole number from 0 to 100000000' });
        const given = text !== '' && parsed.success ? parsed.data : undefined;
        return { plan, type, period, most: given ?? DEFAULTS[plan][type][index] ?? 0 };
      }),
    ),
  );
}

/** Those of an installation without settings. */
export const DEFAULT_QUOTA_LIMITS: readonly QuotaLimit[] = readQuotaLimits({}, []);
