import { sql } from 'kysely';
import { nowOf } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import { type Em, sqlOf } from '../db/orm.ts';
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
    const [quotas] = await this.quotasOfEach([userId]);
    return quotas ?? [];
  }

  /** For each user, in the order of the ids; one statement for all of them. */
  async quotasOfEach(userIds: readonly string[]): Promise<QuotaFacts[][]> {
    const { rows } = await sql<StandingRow>`
      select asked.id as user_id, extract(epoch from now()) * 1000 as now, plans.plan, quotas.period,
        case when quotas.reset_at > now() then quotas.used else 0 end as used, quotas.reserved
      from unnest(${[...userIds]}::uuid[]) as asked (id)
      left join user_subscriptions as plans on plans.user_id = asked.id and plans.status = 'ACTIVE'
        and (plans.ends_at is null or plans.ends_at > now())
      left join ai_quotas as quotas on quotas.user_id = asked.id and quotas.type = 'VIDEO'`.execute(this.#db.sql());
    const byUser = Map.groupBy(rows, (row) => row.user_id);
    return userIds.map((id) => standingOf(byUser.get(id) ?? []));
  }

  /** In the caller's transaction. Throws QUOTA_EXCEEDED, after which the transaction must be rolled back. */
  async reserveVideo(em: Em, userId: string): Promise<void> {
    const now = await nowOf(em);
    const limits = await limitsOf(em, userId, now);
    for (const period of PERIODS) {
      const { rows } = await sql`
        insert into ai_quotas as quota (user_id, type, period, quota_limit, used, reserved, reset_at)
        values (${userId}, 'VIDEO', ${period}, ${limits[period]}, 0, 1, ${nextReset(period, now)})
        on conflict (user_id, type, period) do update set
          used = case when quota.reset_at <= now() then 0 else quota.used end,
          reset_at = case when quota.reset_at <= now() then excluded.reset_at else quota.reset_at end,
          quota_limit = excluded.quota_limit, reserved = quota.reserved + 1
        where case when quota.reset_at <= now() then 0 else quota.used end + quota.reserved < excluded.quota_limit
        returning 1`.execute(sqlOf(em));
      if (rows.length === 0)
        throw new UserFaultError({
          code: 'QUOTA_EXCEEDED',
          message: `Your plan allows ${limits[period]} videos a ${period === 'DAILY' ? 'day' : 'month'}; try again after ${nextReset(period, now).toISOString()}.`,
        });
    }
  }

  /** A reservation becomes use, or is given back. Periods are locked in the order in which they are reserved. */
  async settleVideo(em: Em, userId: string, outcome: 'used' | 'released'): Promise<void> {
    await sql`
      with held as (
        select user_id, type, period from ai_quotas where user_id = ${userId} and type = 'VIDEO' order by period for update
      )
      update ai_quotas as quota set reserved = greatest(reserved - 1, 0), used = used + ${outcome === 'used' ? 1 : 0}
      from held where (quota.user_id, quota.type, quota.period) = (held.user_id, held.type, held.period)`.execute(
      sqlOf(em),
    );
  }
}

interface StandingRow {
  readonly user_id: string;
  /** Milliseconds since 1970, by the database's clock. */
  readonly now: string;
  readonly plan: Plan | null;
  readonly period: QuotaPeriod | null;
  readonly used: number;
  readonly reserved: number | null;
}

/** Of one user's rows: one for each period that was used. */
function standingOf(rows: readonly StandingRow[]): QuotaFacts[] {
  const [first] = rows;
  if (!first) return [];
  const limits = VIDEO_LIMITS[first.plan ?? 'FREE'];
  const now = new Date(Number(first.now));
  return PERIODS.map((period) => {
    const row = rows.find((quota) => quota.period === period);
    return factsOf(period, limits[period], { used: row?.used ?? 0, reserved: row?.reserved ?? 0 }, now);
  });
}

async function limitsOf(em: Em, userId: string, now: Date): Promise<Limits> {
  const subscription = await em.findOne(UserSubscription, { userId, status: 'ACTIVE' });
  const isLive = subscription && (subscription.endsAt == null || subscription.endsAt > now);
  return VIDEO_LIMITS[isLive ? subscription.plan : 'FREE'];
}

/** The first moment of the next day or month, UTC. */
function nextReset(period: QuotaPeriod, now: Date): Date {
  return period === 'DAILY'
    ? new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))
    : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

function factsOf(
  period: QuotaPeriod,
  limit: number,
  { used, reserved }: { readonly used: number; readonly reserved: number },
  now: Date,
): QuotaFacts {
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
    resetAt: nextReset(period, now),
  };
}
