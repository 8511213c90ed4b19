import { type RawBuilder, sql } from 'kysely';
import { Plan, QuotaPeriod, valuesOf } from '../../entities/enums.ts';

/** Videos that each plan may have made. */
const VIDEO_LIMITS: Readonly<Record<Plan, Readonly<Record<QuotaPeriod, number>>>> = {
  FREE: { DAILY: 50, MONTHLY: 500 },
  CREATOR: { DAILY: 200, MONTHLY: 3_000 },
  PREMIUM: { DAILY: 1_000, MONTHLY: 20_000 },
};
export const UNITS: Readonly<Record<QuotaPeriod, 'day' | 'month'>> = { DAILY: 'day', MONTHLY: 'month' };

/** The same as a table of the statement. */
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
export const allowances = sql`
    select asked.id as user_id, limits.period, limits.most,
      date_trunc(limits.unit, now(), 'UTC') + ('1 ' || limits.unit)::interval as resets_at
    from asked
    left join user_subscriptions as plans on plans.user_id = asked.id and ${IS_ACTIVE}
    join (values ${LIMITS}) as limits (plan, period, unit, most) on limits.plan = coalesce(plans.plan, 'FREE')`;

/** How a video is reserved, as pieces of a statement. Where there is no room, the statement has to ask for `refusal`. */
export interface Reservation {
  /** Of its `with`. */
  readonly parts: RawBuilder<unknown>;
  /** Selects the id of the owner; nothing where a period has no room, though others may have been taken. */
  readonly reserved: RawBuilder<unknown>;
  /** An expression that ends the statement with SQLSTATE AV001, or is null: then neither this nor anything `else` was written. */
  refusal(written: { readonly else: boolean }): RawBuilder<unknown>;
}

const IS_OVER = sql`quota.reset_at <= now()`;
/** In the period that runs now. */
const USED = sql`case when ${IS_OVER} then 0 else quota.used end`;

/** `refused` has a row for each period that has no room, first the one to tell of. No owner is never refused. */
export function reserveByInsert(owner: RawBuilder<unknown>): Reservation {
  return {
    parts: sql`
    asked as (select ${owner} as id), allowed as (${allowances} where asked.id is not null), taken as (
      insert into ai_quotas as quota (user_id, type, period, quota_limit, used, reserved, reset_at)
      select user_id, 'VIDEO', period, most, 0, 1, resets_at from allowed order by period
      on conflict (user_id, type, period) do update set
        used = ${USED}, reset_at = case when ${IS_OVER} then excluded.reset_at else quota.reset_at end,
        quota_limit = excluded.quota_limit, reserved = quota.reserved + 1
      where ${USED} + quota.reserved < excluded.quota_limit
      returning period
    ), refused as (
      select period, most, ${milliseconds('resets_at')} as resets_at from allowed
      where period not in (select period from taken) order by period
    )`,
    reserved: sql`select id from asked where id is not null and not exists (select from refused)`,
    refusal: () => sql`(select refuse_quota(period, most, resets_at) from refused order by period limit 1)`,
  };
}

/**
 * The same for nearly everybody, in half the CPU: it only updates rows that are there, with the limit of today's plan. Whom it
 * refuses has no room, or is new, or has another plan than before: ask again by `reserveByInsert`. An update for each period, since one
 * of both would promise no order in which the two are locked.
 */
export function reserveByUpdate(owner: RawBuilder<unknown>): Reservation {
  return {
    parts: sql`
    plan as (select plan from user_subscriptions as plans where plans.user_id = ${owner} and ${IS_ACTIVE}),
    day as (${incrementPeriod('DAILY', owner)}), month as (${incrementPeriod('MONTHLY', sql`(select id from day)`)})`,
    reserved: sql`select id from month`,
    // An error for each newcomer would fill PostgreSQL's log.
    refusal: (written) => (written.else ? sql`refuse_quota('', 0, 0)` : sql`(select refuse_quota('', 0, 0) from day)`),
  };
}

/** One of the period, where its row has room; gives the owner. */
function incrementPeriod(period: QuotaPeriod, owner: RawBuilder<unknown>) {
  return sql`
      update ai_quotas as quota set
        used = ${USED}, reserved = quota.reserved + 1,
        reset_at = case when ${IS_OVER} then ${resetTimeOf(period)} else quota.reset_at end
      where quota.user_id = ${owner} and quota.type = 'VIDEO' and quota.period = ${sql.lit(period)}
        and quota.quota_limit = ${limitOf(period)} and ${USED} + quota.reserved < quota.quota_limit
      returning quota.user_id as id`;
}

/** What the plan in `plan` allows, or the free one. */
function limitOf(period: QuotaPeriod) {
  const limits = valuesOf(Plan).map((plan) => sql`when ${sql.lit(plan)} then ${sql.lit(VIDEO_LIMITS[plan][period])}`);
  return sql`case coalesce((select plan from plan), 'FREE') ${sql.join(limits, sql` `)} end`;
}

/** When the day or month that runs now is over. */
function resetTimeOf(period: QuotaPeriod) {
  const unit = UNITS[period];
  return sql`date_trunc(${sql.lit(unit)}, now(), 'UTC') + interval ${sql.lit(`1 ${unit}`)}`;
}

/** Since 1970, because the driver leaves it to the ORM to read times. */
export function milliseconds(column: string) {
  return sql`extract(epoch from ${sql.ref(column)}) * 1000`;
}
