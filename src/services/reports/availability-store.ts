import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';

/* The only writer of `availability_days`. Times are the database's. */

/** How often the health of the installation is judged. */
const ROUND_SECONDS = 30;
/** All processes judge it; a round counts where the last one is at least so old. */
const APART_SECONDS = 25;
/** Those of a day: two bad rounds of a few would be a large part of them. */
const LEAST_ROUNDS = 2_880;

export interface Round {
  /** Whether the installation works, if not in all its parts. */
  readonly isGood: boolean;
  /** For how long this process could not record rounds, because the database was lost. */
  readonly lostSeconds: number;
}

/**
 * Counts a round on today's row, unless another process has just counted it. The rounds since the last one that no process could record
 * count as bad.
 */
export async function recordRound(db: Sql, { isGood, lostSeconds }: Round): Promise<void> {
  await sql`
    with before as (select max(last_round_at) as at from availability_days),
    lost as (
      select floor(least(${lostSeconds}::float8, extract(epoch from now() - at) - ${ROUND_SECONDS}) / ${ROUND_SECONDS}) as rounds
      from before
    )
    insert into availability_days (day, good, bad, last_round_at)
    select (now() at time zone 'utc')::date, ${isGood ? 1 : 0}, ${isGood ? 0 : 1} + coalesce(greatest(rounds, 0), 0), now()
    from before cross join lost
    where coalesce(at < now() - make_interval(secs => ${APART_SECONDS}), true)
    on conflict (day) do update set good = availability_days.good + excluded.good, bad = availability_days.bad + excluded.bad,
      last_round_at = now()
    where availability_days.last_round_at < now() - make_interval(secs => ${APART_SECONDS})`.execute(db);
}

/**
 * Percent of the rounds of the last days, today's included, in which the installation worked. Null before there are as many rounds as
 * a day has: a minute without the database would be a large part of an hour.
 */
export async function readAvailability(db: Sql, days: number): Promise<number | null> {
  const { rows } = await sql<{ percent: number }>`
    select 100 * sum(good)::float8 / sum(good + bad) as percent
    from availability_days, (select (now() at time zone 'utc')::date as today) as clock
    where day > today - ${days}::int and day <= today having sum(good + bad) >= ${LEAST_ROUNDS}`.execute(db);
  return rows[0]?.percent ?? null;
}

/** Percent of the rounds of one day, given as YYYY-MM-DD; null where there was none. */
export async function readAvailabilityOfDay(db: Sql, day: string): Promise<number | null> {
  const { rows } = await sql<{ percent: number }>`
    select 100 * good::float8 / (good + bad) as percent from availability_days where day = ${day}::date`.execute(db);
  return rows[0]?.percent ?? null;
}
