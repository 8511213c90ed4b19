import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { Day } from './daily-report-sql.ts';

/* The only writer of `daily_reports`. */

/** False where the report of this day is stored already. */
export async function storeReport(em: Em, day: Day, report: object): Promise<boolean> {
  const { rows } = await sql`
    insert into daily_reports (day, report) values (${day}::date, ${JSON.stringify(report)}::jsonb)
    on conflict (day) do nothing returning day`.execute(sqlOf(em));
  return rows.length > 0;
}

/** As it was stored; null where none was. */
export async function readStoredReport(db: Sql, day: Day): Promise<unknown> {
  const { rows } = await sql<{ report: unknown }>`select report from daily_reports where day = ${day}::date`.execute(
    db,
  );
  return rows[0]?.report ?? null;
}

/** The active users of each of the last whole days, the oldest first, as far back as there is a report of each day. */
export async function readDailyActiveUsers(db: Sql, days: number): Promise<number[]> {
  const { rows } = await sql<{ age: number; users: number }>`
    select ((now() at time zone 'utc')::date - day) as age, (report ->> 'activeUsers')::int as users
    from daily_reports where day >= (now() at time zone 'utc')::date - ${days}::int and day < (now() at time zone 'utc')::date
    order by day desc`.execute(db);
  const gap = rows.findIndex(({ age }, index) => age !== index + 1);
  return (gap < 0 ? rows : rows.slice(0, gap)).map(({ users }) => users).toReversed();
}
