import { type RawBuilder, sql } from 'kysely';
import { type CompiledStatement, compileStatement, runCompiled } from '../../db/compiled-statement.ts';
import type { Transaction } from '../../db/database.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { GenerationType, QuotaPeriod } from '../../entities/enums.ts';
import type { QuotaLimit } from '../../quota-settings.ts';

export const UNITS: Readonly<Record<QuotaPeriod, 'day' | 'month'>> = { DAILY: 'day', MONTHLY: 'month' };

const IS_CURRENT = sql`plans.closed_at is null and plans.status = 'ACTIVE'
  and (plans.ends_at is null or plans.ends_at > now())`;
const IS_OVER = sql`quota.reset_at <= now()`;
/** In the current period. */
const USED = sql`case when ${IS_OVER} then 0 else quota.used end`;

/** A period whose quota is used up. */
export interface Refusal {
  readonly period: QuotaPeriod;
  readonly most: number;
  readonly resets_at: Date;
}

export interface QuotaRow extends Refusal {
  readonly user_id: string;
  readonly type: GenerationType;
  readonly used: number;
  readonly reserved: number;
}

export interface QuotaKey {
  readonly userId: string;
  readonly type: GenerationType;
  readonly period: QuotaPeriod;
}

/** The only writer of `ai_quotas`. `limits`: what each plan allows; a user's own limit takes precedence. */
export class QuotaStore {
  readonly #allowances: RawBuilder<unknown>;
  readonly #reserve: CompiledStatement;

  constructor(limits: readonly QuotaLimit[]) {
    this.#allowances = allowancesOf(limits);
    this.#reserve = reservation(this.#allowances);
  }

  /** Reserves one in each period that has quota left; returns the first period that has none. */
  async reserve(transaction: Transaction, userId: string, type: GenerationType): Promise<Refusal | undefined> {
    const [refused] = await runCompiled<Refusal>(transaction, this.#reserve, { userId, type });
    return refused;
  }

  /** Ends a reservation and counts it as so many used ones. Locks the periods in the order in which they are reserved. */
  async settle(em: Em, userId: string, type: GenerationType, used: 0 | 1): Promise<void> {
    await sql`
      with held as (
        select user_id, type, period from ai_quotas
        where user_id = ${userId} and type = ${type} and period in ('DAILY', 'MONTHLY') order by period for update
      )
      update ai_quotas as quota set reserved = greatest(reserved - 1, 0), used = used + ${used}
      from held where (quota.user_id, quota.type, quota.period) = (held.user_id, held.type, held.period)`.execute(
      sqlOf(em),
    );
  }

  /** Takes back one that was used; of a period that is over, the next reservation begins at zero anyway. Locks them in the order in which they are reserved. */
  async giveBack(em: Em, userId: string, type: GenerationType): Promise<void> {
    await sql`
      with held as (
        select user_id, type, period from ai_quotas
        where user_id = ${userId} and type = ${type} and period in ('DAILY', 'MONTHLY') order by period for update
      )
      update ai_quotas as quota set used = greatest(used - 1, 0)
      from held where (quota.user_id, quota.type, quota.period) = (held.user_id, held.type, held.period)`.execute(
      sqlOf(em),
    );
  }

  /** One row for each user, type and period. */
  async read(db: Sql, userIds: readonly string[]): Promise<QuotaRow[]> {
    const { rows } = await sql<QuotaRow>`
      with asked as (select unnest(${[...userIds]}::uuid[]) as id), allowed as (${this.#allowances})
      select allowed.user_id, allowed.type, allowed.period, most, resets_at, coalesce(reserved, 0) as reserved,
        case when quotas.reset_at > now() then used else 0 end as used
      from allowed left join ai_quotas as quotas
        on quotas.user_id = allowed.user_id and quotas.type = allowed.type and quotas.period = allowed.period
      order by allowed.place, allowed.period`.execute(db);
    return rows;
  }

  /** A limit of the user's own, whatever the plan; false where there is no such user. */
  async setLimit(em: Em, { userId, type, period }: QuotaKey, limit: number): Promise<boolean> {
    const { rows } = await sql`
      insert into ai_quotas as quota (user_id, type, period, quota_limit, custom_limit, reset_at)
      select id, ${type}, ${period}, ${limit}::int, ${limit}::int,
        date_trunc(${UNITS[period]}, now(), 'UTC') + ${`1 ${UNITS[period]}`}::interval
      from users where id = ${userId}
      on conflict (user_id, type, period) do update set
        quota_limit = excluded.quota_limit, custom_limit = excluded.custom_limit
      returning user_id`.execute(sqlOf(em));
    return rows.length > 0;
  }
}

/** For each user in `asked`, each type and period: what is allowed, and when the next period begins. */
function allowancesOf(limits: readonly QuotaLimit[]): RawBuilder<unknown> {
  const rows = limits.map(({ plan, type, period, most }, place) =>
    sql.join([sql.lit(plan), sql.lit(type), sql.lit(period), sql.lit(UNITS[period]), sql.lit(most), sql.lit(place)]),
  );
  return sql`
    select asked.id as user_id, limits.type, limits.period, limits.place, coalesce(own.custom_limit, limits.most) as most,
      date_trunc(limits.unit, now(), 'UTC') + ('1 ' || limits.unit)::interval as resets_at
    from asked
    left join user_subscriptions as plans on plans.user_id = asked.id and ${IS_CURRENT}
    join (values ${sql.join(rows.map((row) => sql`(${row})`))}) as limits (plan, type, period, unit, most, place)
      on limits.plan = coalesce(plans.plan, 'FREE')
    left join ai_quotas as own on own.user_id = asked.id and own.type = limits.type and own.period = limits.period`;
}

function reservation(allowances: RawBuilder<unknown>): CompiledStatement {
  return compileStatement(
    'reserve_quota',
    (parameter) => sql`
      with asked as (select ${parameter('userId')}::uuid as id), allowed as (
        select * from (${allowances}) as every where type = ${parameter('type')}
      ), taken as (
        insert into ai_quotas as quota (user_id, type, period, quota_limit, used, reserved, reset_at)
        select user_id, type, period, most, 0, 1, resets_at from allowed where most > 0 order by period
        on conflict (user_id, type, period) do update set
          used = ${USED}, reset_at = case when ${IS_OVER} then excluded.reset_at else quota.reset_at end,
          quota_limit = excluded.quota_limit, reserved = quota.reserved + 1
        where ${USED} + quota.reserved < excluded.quota_limit
        returning period
      )
      select period, most, resets_at from allowed
      where period not in (select period from taken) order by period`,
  );
}
