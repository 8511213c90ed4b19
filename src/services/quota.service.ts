import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { detailOf } from '../db/failures.ts';
import { type Em, sqlOf } from '../db/orm.ts';
import { type GenerationType, Plan, QuotaPeriod, valuesOf } from '../entities/enums.ts';
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

/** Videos that each plan may have made. */
const VIDEO_LIMITS: Readonly<Record<Plan, Readonly<Record<QuotaPeriod, number>>>> = {
  FREE: { DAILY: 50, MONTHLY: 500 },
  CREATOR: { DAILY: 200, MONTHLY: 3_000 },
  PREMIUM: { DAILY: 1_000, MONTHLY: 20_000 },
};
const UNITS: Readonly<Record<QuotaPeriod, 'day' | 'month'>> = { DAILY: 'day', MONTHLY: 'month' };

/** The same as a table of the statement. */
const LIMITS = sql.join(
  valuesOf(Plan).flatMap((plan) =>
    valuesOf(QuotaPeriod).map(
      (period) =>
        sql`(${sql.lit(plan)}, ${sql.lit(period)}, ${sql.lit(UNITS[period])}, ${sql.lit(VIDEO_LIMITS[plan][period])})`,
    ),
  ),
);

/** For each user in `asked` and each period: what the plan allows, and when the next begins. */
const allowances = sql`
    select asked.id as user_id, limits.period, limits.most,
      date_trunc(limits.unit, now(), 'UTC') + ('1 ' || limits.unit)::interval as resets_at
    from asked
    left join user_subscriptions as plans on plans.user_id = asked.id and plans.status = 'ACTIVE'
      and (plans.ends_at is null or plans.ends_at > now())
    join (values ${LIMITS}) as limits (plan, period, unit, most) on limits.plan = coalesce(plans.plan, 'FREE')`;

/**
 * Reserves a video for whoever is in `asked`, as parts of a `with`: `refused` has a row for each period that has no room, first
 * the one to tell of. Then the others are taken all the same, and the transaction must be rolled back.
 */
export const reserving = sql`
    allowed as (${allowances}), taken as (
      insert into ai_quotas as quota (user_id, type, period, quota_limit, used, reserved, reset_at)
      select user_id, 'VIDEO', period, most, 0, 1, resets_at from allowed order by period
      on conflict (user_id, type, period) do update set
        used = case when quota.reset_at <= now() then 0 else quota.used end,
        reset_at = case when quota.reset_at <= now() then excluded.reset_at else quota.reset_at end,
        quota_limit = excluded.quota_limit, reserved = quota.reserved + 1
      where case when quota.reset_at <= now() then 0 else quota.used end + quota.reserved < excluded.quota_limit
      returning period
    ), refused as (
      select period, most, ${milliseconds('resets_at')} as resets_at from allowed
      where period not in (select period from taken) order by period
    )`;

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
      with asked as (select unnest(${[...userIds]}::uuid[]) as id), allowed as (${allowances})
      select allowed.user_id, allowed.period, most, ${milliseconds('resets_at')} as resets_at, coalesce(reserved, 0) as reserved,
        case when quotas.reset_at > now() then used else 0 end as used
      from allowed left join ai_quotas as quotas
        on quotas.user_id = allowed.user_id and quotas.type = 'VIDEO' and quotas.period = allowed.period
      order by allowed.period`.execute(this.#db.sql());
    const byUser = Map.groupBy(rows, (row) => row.user_id);
    return userIds.map((id) => (byUser.get(id) ?? []).map(factsOf));
  }

  /** In the caller's transaction. Throws QUOTA_EXCEEDED, after which the transaction must be rolled back. */
  async reserveVideo(em: Em, userId: string): Promise<void> {
    const { rows } = await sql<Refusal>`/* reserve_video */
      with asked as (select ${userId}::uuid as id), ${reserving} select * from refused`.execute(sqlOf(em));
    const [refused] = rows;
    if (refused) throw exceeded(refused);
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

/** Since 1970, because the driver leaves it to the ORM to read times. */
function milliseconds(column: string) {
  return sql`extract(epoch from ${sql.ref(column)}) * 1000`;
}

/** A period that has no room. */
interface Refusal {
  readonly period: QuotaPeriod;
  readonly most: number;
  /** Milliseconds since 1970. */
  readonly resets_at: string | number;
}

interface StandingRow extends Refusal {
  readonly user_id: string;
  readonly used: number;
  readonly reserved: number;
}

const refusal = z.object({ period: z.enum(valuesOf(QuotaPeriod)), most: z.number(), resets_at: z.number() });

/** What a statement says that was ended by `refuse_quota`; null where it failed otherwise. */
export function quotaExceeded(thrown: unknown): UserFaultError | null {
  const detail = detailOf(thrown, 'AV001');
  return detail === null ? null : exceeded(refusal.parse(JSON.parse(detail)));
}

/** What is said to whoever was refused. */
function exceeded({ period, most, resets_at }: Refusal): UserFaultError {
  const reset = new Date(Number(resets_at)).toISOString();
  return new UserFaultError({
    code: 'QUOTA_EXCEEDED',
    message: `Your plan allows ${most} videos a ${UNITS[period]}; try again after ${reset}.`,
  });
}

function factsOf({ period, most: limit, used, reserved, resets_at }: StandingRow): QuotaFacts {
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
    resetAt: new Date(Number(resets_at)),
  };
}
