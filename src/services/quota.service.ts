import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { type Em, sqlOf } from '../db/orm.ts';
import { AiQuota } from '../entities/ai-quota.ts';
import type { GenerationType, Plan, QuotaPeriod } from '../entities/enums.ts';
import { UserSubscription } from '../entities/user-subscription.ts';
import { UserFaultError } from './user-fault.ts';

export interface QuotaFacts {
  readonly type: GenerationType;
  readonly period: QuotaPeriod;
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly remaining: number;
  /** Used and reserved of the limit, 0 to 100. */
  readonly percentage: number;
  readonly status: 'HEALTHY' | 'WARNING' | 'CRITICAL' | 'EXCEEDED';
  readonly resetAt: Date;
}

type Limits = Readonly<Record<QuotaPeriod, number>>;

/** Videos that each plan may have made. */
const VIDEO_LIMITS: Readonly<Record<Plan, Limits>> = {
  FREE: { DAILY: 50, MONTHLY: 500 },
  CREATOR: { DAILY: 200, MONTHLY: 3_000 },
  PREMIUM: { DAILY: 1_000, MONTHLY: 20_000 },
};
const PERIODS = ['DAILY', 'MONTHLY'] as const;

/** What users may have made: reserved when work is accepted, then used or released. Never overrun, whatever runs at once. */
export class QuotaService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async quotasOf(userId: string): Promise<QuotaFacts[]> {
    const em = this.#db.em();
    const limits = await limitsOf(em, userId);
    const rows = await em.find(AiQuota, { userId, type: 'VIDEO' });
    return PERIODS.map((period) => {
      const row = rows.find((quota) => quota.period === period);
      const isOver = !row || row.resetAt.getTime() <= Date.now();
      return factsOf(period, limits[period], isOver ? 0 : row.used, row?.reserved ?? 0);
    });
  }

  /** In the caller's transaction. Throws QUOTA_EXCEEDED, after which the transaction must be rolled back. */
  async reserveVideo(em: Em, userId: string): Promise<void> {
    const limits = await limitsOf(em, userId);
    for (const period of PERIODS) {
      const { rows } = await sql`
        insert into ai_quotas as quota (user_id, type, period, quota_limit, used, reserved, reset_at)
        values (${userId}, 'VIDEO', ${period}, ${limits[period]}, 0, 1, ${nextReset(period)})
        on conflict (user_id, type, period) do update set
          used = case when quota.reset_at <= now() then 0 else quota.used end,
          reset_at = case when quota.reset_at <= now() then excluded.reset_at else quota.reset_at end,
          quota_limit = excluded.quota_limit, reserved = quota.reserved + 1
        where case when quota.reset_at <= now() then 0 else quota.used end + quota.reserved < excluded.quota_limit
        returning 1`.execute(sqlOf(em));
      if (rows.length === 0)
        throw new UserFaultError({
          code: 'QUOTA_EXCEEDED',
          message: `Your plan allows ${limits[period]} videos a ${period === 'DAILY' ? 'day' : 'month'}; try again after ${nextReset(period).toISOString()}.`,
        });
    }
  }

  /** A reservation becomes use, or is given back. Periods are locked in the order in which they are reserved. */
  async settleVideo(em: Em, userId: string, outcome: 'used' | 'released'): Promise<void> {
    for (const period of PERIODS)
      await sqlOf(em)
        .updateTable('ai_quotas')
        .set((row) => ({
          reserved: sql`greatest(reserved - 1, 0)`,
          used: outcome === 'used' ? sql`used + 1` : row.ref('used'),
        }))
        .where('user_id', '=', userId)
        .where('type', '=', 'VIDEO')
        .where('period', '=', period)
        .execute();
  }
}

async function limitsOf(em: Em, userId: string): Promise<Limits> {
  const subscription = await em.findOne(UserSubscription, { userId, status: 'ACTIVE' });
  const isLive = subscription && (subscription.endsAt == null || subscription.endsAt.getTime() > Date.now());
  return VIDEO_LIMITS[isLive ? subscription.plan : 'FREE'];
}

/** The first moment of the next day or month, UTC. */
function nextReset(period: QuotaPeriod): Date {
  const now = new Date();
  return period === 'DAILY'
    ? new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))
    : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

function factsOf(period: QuotaPeriod, limit: number, used: number, reserved: number): QuotaFacts {
  const taken = used + reserved;
  const percentage = Math.min(100, (100 * taken) / limit);
  const status =
    percentage >= 100 ? 'EXCEEDED' : percentage >= 90 ? 'CRITICAL' : percentage >= 80 ? 'WARNING' : 'HEALTHY';
  return {
    type: 'VIDEO',
    period,
    limit,
    used,
    reserved,
    remaining: Math.max(0, limit - taken),
    percentage,
    status,
    resetAt: nextReset(period),
  };
}
