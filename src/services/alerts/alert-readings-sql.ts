import { sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import { VISIBLE_FAILURES } from '../queues/queue-stats-sql.ts';
import { readStuckVideos } from '../queues/stuck-videos-sql.ts';
import type { DatabaseReadings, WorkReadings } from './alert-readings.ts';

const STUCK_SECONDS = 3_600;
/** A statement that was called less often says little on average. */
const STATEMENT_CALLS = 10;

/** Jobs and videos, by their indexes. */
export async function readWork(db: Sql): Promise<WorkReadings> {
  const day = sql<boolean>`finished_at > now() - interval '24 hours'`;
  const [stuck, { rows }] = await Promise.all([
    readStuckVideos(db, { olderThanSeconds: STUCK_SECONDS }),
    sql<Omit<WorkReadings, 'stuckVideos'>>`
      select waiting.*, ended.*, shown.* from (
        select count(*)::int as waiting from jobs where status = 'WAITING' and available_at <= now()
      ) as waiting cross join (
        select count(*) filter (where finished_at > now() - interval '1 hour')::int as "endedJobs",
          count(*) filter (where finished_at > now() - interval '1 hour' and status = 'FAILED')::int as "failedJobs",
          count(*) filter (where video_id is not null)::int as "endedVideos",
          count(*) filter (where video_id is not null and status = 'FAILED')::int as "failedVideos"
        from jobs where status in ('DONE', 'FAILED') and ${day}
      ) as ended cross join (
        select count(*)::int as "shownFailures" from jobs where ${VISIBLE_FAILURES} and ${day}
      ) as shown`.execute(db),
  ]);
  const [row] = rows;
  if (!row) throw new TypeError('A select of counts returns a row.');
  return { ...row, stuckVideos: stuck.length };
}

/** The server's connections, and its slowest statement where pg_stat_statements is installed. */
export async function readDatabase(db: Sql): Promise<DatabaseReadings> {
  const { rows } = await sql<{ percent: number; counted: boolean }>`
    select 100 * count(*)::float8 / current_setting('max_connections')::int as percent,
      to_regprocedure('pg_stat_statements(boolean)') is not null as counted
    from pg_stat_activity where backend_type = 'client backend'`.execute(db);
  const [row] = rows;
  if (!row) throw new TypeError('A select of a count returns a row.');
  return { connectionsPercent: row.percent, slowestMeanMs: row.counted ? await slowestMean(db) : null };
}

/** Without the texts of statements, which are in a file; null where the server has not loaded the library of the extension. */
async function slowestMean(db: Sql): Promise<number | null> {
  const found = sql<{ slowest: number | null }>`
    select max(mean_exec_time) as slowest from pg_stat_statements(false)
    where calls >= ${STATEMENT_CALLS} and dbid = (select oid from pg_database where datname = current_database())
      and userid = (select oid from pg_roles where rolname = current_user)`.execute(db);
  return await found.then(
    ({ rows }) => rows[0]?.slowest ?? null,
    () => null,
  );
}
