import { sql } from 'kysely';
import { compileStatement, runCompiled } from '../../db/compiled-statement.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import { Plan, QuotaPeriod, valuesOf } from '../../entities/enums.ts';

/** The number of videos that each plan may make. */
const VIDEO_LIMITS: Readonly<Record<Plan, Readonly<Record<QuotaPeriod, number>>>> = {
  FREE: { DAILY: 50, MONTHLY: 500 },
  CREATOR: { DAILY: 200, MONTHLY: 3_000 },
  PREMIUM: { DAILY: 1_000, MONTHLY: 20_000 },
};
export const UNITS: Readonly<Record<QuotaPeriod, 'day' | 'month'>> = { DAILY: 'day', MONTHLY: 'month' };

/** The same as a table in SQL. */
const LIMITS = sql.join(
  valuesOf(Plan).flatMap((plan) =>
    valuesOf(QuotaPeriod).map(
      (period) =>
        sql`(${sql.lit(plan)}, ${sql.lit(period)}, ${sql.lit(UNITS[period])}, ${sql.lit(VIDEO_LIMITS[plan][period])})`,
    ),
  ),
);

const IS_ACTIVE = sql`plans.status = 'ACTIVE' and (plans.ends_at is null or plans.ends_at > now())`;

/** For each user in `asked` and each period: what the plan allows, and when the next begins. */
const allowances = sql`
    select asked.id as user_id, limits.period, limits.most,
      date_trunc(limits.unit, now(), 'UTC') + ('1 ' || limits.unit)::interval as resets_at
    from asked
    left join user_subscriptions as plans on plans.user_id = asked.id and ${IS_ACTIVE}
    join (values ${LIMITS}) as limits (plan, period, unit, most) on limits.plan = coalesce(plans.plan, 'FREE')`;

const IS_OVER = sql`quota.reset_at <= now()`;
/** In the current period. */
const USED = sql`case when ${IS_OVER} then 0 else quota.used end`;

const RESERVE_VIDEO = compileStatement(
  'reserve_video',
  (parameter) => sql`
    with asked as (select ${parameter('userId')}::uuid as id), allowed as (${allowances}), taken as (
      insert into ai_quotas as quota (user_id, type, period, quota_limit, used, reserved, reset_at)
      select user_id, 'VIDEO', period, most, 0, 1, resets_at from allowed order by period
      on conflict (user_id, type, period) do update set
        used = ${USED}, reset_at = case when ${IS_OVER} then excluded.reset_at else quota.reset_at end,
        quota_limit = excluded.quota_limit, reserved = quota.reserved + 1
      where ${USED} + quota.reserved < excluded.quota_limit
      returning period
    )
    select period, most, resets_at from allowed
    where period not in (select period from taken) order by period`,
);

/** A period whose quota is used up. */
export interface Refusal {
  readonly period: QuotaPeriod;
  readonly most: number;
  readonly resets_at: Date;
}

export interface QuotaRow extends Refusal {
  readonly user_id: string;
  readonly used: number;
  readonly reserved: number;
}

/** Reserves a video in each period that has quota left; returns the first period that has none. */
export async function reserveVideo(em: Em, userId: string): Promise<Refusal | undefined> {
  const [refused] = await runCompiled<Refusal>(em, RESERVE_VIDEO, { userId });
  return refused;
}

/** One row for each user and period. */
export async function readQuotas(db: Sql, userIds: readonly string[]): Promise<QuotaRow[]> {
  const { rows } = await sql<QuotaRow>`
    with asked as (select unnest(${[...userIds]}::uuid[]) as id), allowed as (${allowances})
    select allowed.user_id, allowed.period, most, resets_at, coalesce(reserved, 0) as reserved,
      case when quotas.reset_at > now() then used else 0 end as used
    from allowed left join ai_quotas as quotas
      on quotas.user_id = allowed.user_id and quotas.type = 'VIDEO' and quotas.period = allowed.period
    order by allowed.period`.execute(db);
  return rows;
}

/** Ends a reservation of one video and counts it as so many used ones. Locks the periods in the order in which they are reserved. */
export async function settleVideo(em: Em, userId: string, used: 0 | 1): Promise<void> {
  await sql`
    with held as (
      select user_id, type, period from ai_quotas where user_id = ${userId} and type = 'VIDEO' order by period for update
    )
    update ai_quotas as quota set reserved = greatest(reserved - 1, 0), used = used + ${used}
    from held where (quota.user_id, quota.type, quota.period) = (held.user_id, held.type, held.period)`.execute(
    sqlOf(em),
  );
}
