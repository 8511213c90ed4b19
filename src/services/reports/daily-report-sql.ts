import { sql } from 'kysely';
import { z } from 'zod';
import type { Sql } from '../../db/orm.ts';
import type { ServiceQuotaRow } from '../quotas/service-quota-store.ts';

/** A day (UTC) as YYYY-MM-DD. */
export type Day = string;

export const serviceCalls = z.object({
  /** Name of the provider. */
  service: z.string(),
  total: z.number(),
  success: z.number(),
  failed: z.number(),
  /** Percent. */
  successRate: z.number().nullable(),
});
export type ServiceCalls = z.infer<typeof serviceCalls>;

export const errorCount = z.object({ code: z.string(), count: z.number() });
export type ErrorCount = z.infer<typeof errorCount>;

/** Of runs of videos that were completed: from the first attempt of a worker to the end of the last stage, in seconds. */
export interface MakingTimes {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Sessions are marked as used when a token is renewed, and keys once a minute. The report of a day is made some minutes after it. */
const LATE_MINUTES = 10;
const COMMON_ERRORS = 10;
/** Codes that say nothing of the installation. */
const NO_FAULTS = ['CANCELED'];

function within(column: string, day: Day) {
  return sql<boolean>`${sql.ref(column)} >= ${from(day)} and ${sql.ref(column)} < ${to(day)}`;
}

function from(day: Day) {
  return sql<Date>`(${day}::date at time zone 'utc')`;
}

function to(day: Day) {
  return sql<Date>`((${day}::date + 1) at time zone 'utc')`;
}

/** Today, and the day before, by the database's clock. */
export async function readToday(db: Sql): Promise<{ readonly today: Day; readonly yesterday: Day }> {
  const { rows } = await sql<{ today: Day; yesterday: Day }>`
    select today::text as today, (today - 1)::text as yesterday from (select (now() at time zone 'utc')::date as today) as clock`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new TypeError('A select of the time returns a row.');
  return row;
}

/** Videos that were accepted on a day. Each half has an index: that of the newest is without deleted videos. */
function acceptedOn(day: Day) {
  return sql`(
    select owner_id from videos where deleted_at is null and ${within('created_at', day)}
    union all select owner_id from videos where deleted_at >= ${from(day)} and ${within('created_at', day)}
  )`;
}

/** Videos that were accepted on a day, and runs that ended then. */
export async function countVideos(db: Sql, day: Day) {
  const { rows } = await sql<{ total: number; completed: number; failed: number }>`
    select (select count(*)::int from ${acceptedOn(day)} as accepted) as total,
      count(*) filter (where status = 'COMPLETED')::int as completed, count(*) filter (where status = 'FAILED')::int as failed
    from video_events where status in ('COMPLETED', 'FAILED') and ${within('at', day)}`.execute(db);
  return rows[0] ?? { total: 0, completed: 0, failed: 0 };
}

/** Of the runs that were completed on a day. */
export async function readMakingTimes(db: Sql, day: Day): Promise<MakingTimes> {
  return await makingTimes(db, sql`${within('at', day)}`);
}

/** The mean of the runs that were completed in the last hours, in seconds; null where there was none. */
export async function readMeanMaking(db: Sql, hours: number): Promise<number | null> {
  return (await makingTimes(db, sql`at > now() - make_interval(hours => ${hours})`)).mean;
}

async function makingTimes(db: Sql, ended: ReturnType<typeof sql>): Promise<MakingTimes> {
  const { rows } = await sql<MakingTimes>`
    select avg(seconds) as mean, percentile_cont(0.5) within group (order by seconds) as p50,
      percentile_cont(0.95) within group (order by seconds) as p95
    from (
      select extract(epoch from max(ended_at) - min(started_at))::float8 as seconds
      from (select distinct video_id, run from video_events where status = 'COMPLETED' and ${ended}) as completed
      join video_processing_history using (video_id, run) group by video_id, run
    ) as runs`.execute(db);
  return rows[0] ?? { mean: null, p50: null, p95: null };
}

/** Users who signed in, renewed a token, used a key, or ordered something on a day. */
export async function countActiveUsers(db: Sql, day: Day): Promise<number> {
  const used = sql<boolean>`last_used_at >= ${from(day)} and last_used_at < ${to(day)} + make_interval(mins => ${LATE_MINUTES})`;
  const { rows } = await sql<{ users: number }>`
    select count(distinct user_id)::int as users from (
      select user_id from sessions where ${used} and created_at < ${to(day)}
      union all select user_id from api_keys where ${used}
      union all select owner_id from ${acceptedOn(day)} as accepted
      union all select user_id from ai_generations where ${within('created_at', day)} and user_id is not null
    ) as active`.execute(db);
  return rows[0]?.users ?? 0;
}

/** The calls of each provider that were sent on a day and have ended, with the installation's keys. */
export async function countServiceCalls(db: Sql, day: Day): Promise<ServiceCalls[]> {
  const { rows } = await sql<ServiceCalls>`
    select provider as service, count(*)::int as total, count(*) filter (where state = 'SETTLED')::int as success,
      count(*) filter (where state <> 'SETTLED')::int as failed,
      100 * avg((state = 'SETTLED')::int)::float8 as "successRate"
    from generation_attempts
    where ${within('sent_at', day)} and state <> 'SENT' and not own_key and error_code is distinct from 'CANCELED'
    group by provider order by provider`.execute(db);
  return rows;
}

/** The last known quota of each service at the end of a day. */
export async function readQuotasOf(db: Sql, day: Day): Promise<ServiceQuotaRow[]> {
  const { rows } = await sql<ServiceQuotaRow>`
    select distinct on (service) service, used::float8 as used, total::float8 as total, reset_at as "resetAt", recorded_at as "checkedAt"
    from service_quota_usage where recorded_at < ${to(day)} and recorded_at >= ${from(day)} - interval '1 day'
    order by service, recorded_at desc`.execute(db);
  return rows;
}

/** The most frequent codes of failed attempts at stages and of failed calls of providers. */
export async function countErrors(db: Sql, day: Day): Promise<ErrorCount[]> {
  const { rows } = await sql<ErrorCount>`
    select code, count(*)::int as count from (
      select error_code as code from video_processing_history where ${within('ended_at', day)} and status = 'FAILED'
      union all
      select error_code from generation_attempts where ${within('sent_at', day)} and not own_key
    ) as failed
    where code is not null and code <> all(${NO_FAULTS}::text[])
    group by code order by count desc, code limit ${COMMON_ERRORS}`.execute(db);
  return rows;
}
