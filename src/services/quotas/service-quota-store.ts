import { sql } from 'kysely';
import type { OldRows } from '../../db/old-rows.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';

/* The only writer of `service_quotas` and `service_quota_usage`. Times are the database's, since any process may check. */

/** What a service says of its quota, in its own unit. */
export interface QuotaReading {
  readonly used: number;
  /** Null where there is no limit, or none is known. */
  readonly total: number | null;
  readonly resetAt: Date | null;
}

/** The last reading of a service. */
export interface ServiceQuotaRow extends QuotaReading {
  readonly service: string;
  readonly checkedAt: Date;
}

/** A little less than an hour: the checks are not exactly one hour apart. */
const HISTORY_MINUTES = 55;

/** By service; those that were never read are left out. */
export async function readServiceQuotas(db: Sql): Promise<ServiceQuotaRow[]> {
  const { rows } = await sql<ServiceQuotaRow>`
    select service, used::float8 as used, total::float8 as total, reset_at as "resetAt", checked_at as "checkedAt"
    from service_quotas where checked_at is not null order by service`.execute(db);
  return rows;
}

/** Those of the services that were not read for so many minutes, or whose period has ended since. */
export async function readDueServices(db: Sql, services: readonly string[], minutes: number): Promise<string[]> {
  const { rows } = await sql<{ service: string }>`
    select asked.service from unnest(${[...services]}::text[]) as asked (service)
    left join service_quotas quota on quota.service = asked.service
    where quota.checked_at is null or quota.reset_at <= now() or quota.checked_at < now() - make_interval(mins => ${minutes})`.execute(
    db,
  );
  return rows.map(({ service }) => service);
}

/** Stores a reading, and adds it to the history where it differs from the last one there or that one is an hour old. */
export async function recordReading(em: Em, service: string, { used, total, resetAt }: QuotaReading): Promise<void> {
  const values = sql`${used}::numeric(20,4) as used, ${total}::numeric(20,4) as total, ${resetAt}::timestamptz(3) as reset_at`;
  await sql`
    insert into service_quotas (service, used, total, reset_at, checked_at)
    select ${service}, used, total, reset_at, now() from (select ${values}) as reading
    on conflict (service) do update set used = excluded.used, total = excluded.total, reset_at = excluded.reset_at,
      checked_at = excluded.checked_at, error_code = null`.execute(sqlOf(em));
  await sql`
    insert into service_quota_usage (service, recorded_at, used, total, reset_at)
    select ${service}, now(), used, total, reset_at from (select ${values}) as reading
    where not exists (
      select from (
        select * from service_quota_usage where service = ${service} order by recorded_at desc limit 1
      ) as last
      where last.recorded_at > now() - make_interval(mins => ${HISTORY_MINUTES})
        and (last.used, last.total, last.reset_at) is not distinct from (reading.used, reading.total, reading.reset_at)
    )`.execute(sqlOf(em));
}

/** Keeps the last reading; true where the service has not failed in this way since its last successful check. */
export async function recordFault(db: Sql, service: string, code: string): Promise<boolean> {
  const { rows } = await sql`
    insert into service_quotas as quota (service, error_code) values (${service}, ${code})
    on conflict (service) do update set error_code = excluded.error_code
    where quota.error_code is distinct from excluded.error_code returning service`.execute(db);
  return rows.length > 0;
}

/** Removes the current figures of services that are no longer used; their history stays. */
export async function removeOtherServices(db: Sql, services: readonly string[]): Promise<void> {
  await sql`delete from service_quotas where service <> all(${[...services]}::text[])`.execute(db);
}

/** History, at most `limit` rows of it; returns how many. */
export async function removeOldUsage(rows: OldRows, days: number, limit: number): Promise<number> {
  return await rows.remove(
    'service_quota_usage',
    sql`
      delete from service_quota_usage where (service, recorded_at) in (
        select service, recorded_at from service_quota_usage where recorded_at < now() - make_interval(days => ${days})
        order by recorded_at limit ${limit} for update skip locked)`,
  );
}

/** Failures before the service counted the request. */
const NOT_COUNTED = sql`array['%\\_RATE\\_LIMITED', '%\\_QUOTA\\_EXCEEDED', '%\\_INVALID\\_API\\_KEY']`;

/** The installation's calls of a provider since the time, without those that it refused before counting. */
export async function countCallsSince(db: Sql, provider: string, since: Date): Promise<number> {
  const { rows } = await sql<{ calls: number }>`
    select count(*)::int as calls from generation_attempts
    where provider = ${provider} and not own_key and sent_at >= ${since} and coalesce(error_code, '') not like all(${NOT_COUNTED})`.execute(
    db,
  );
  return rows[0]?.calls ?? 0;
}
