import { sql } from 'kysely';
import type { Sql } from '../db/orm.ts';

/** Workers record that they are alive every 5 s. */
const WORKER_TIMEOUT_SECONDS = 20;
const LONG_RUNNING_MINUTES = 5;

/** How many workers are alive, and how many jobs wait for them. */
export async function readWorkload(db: Sql): Promise<{ activeWorkers: number; pendingJobs: number }> {
  const { rows } = await sql<{ activeWorkers: number; pendingJobs: number }>`
    select (select count(*)::int from workers
        where heartbeat_at > now() - make_interval(secs => ${WORKER_TIMEOUT_SECONDS})) as "activeWorkers",
      (select count(*)::int from jobs where status = 'WAITING') as "pendingJobs"`.execute(db);
  return rows[0] ?? { activeWorkers: 0, pendingJobs: 0 };
}

/** How many connections of all processes have been in a transaction for over five minutes. */
export async function countLongTransactions(db: Sql): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select count(*)::int as held from pg_stat_activity
    where application_name = 'autovideo_backend' and datname = current_database()
      and xact_start < now() - make_interval(mins => ${LONG_RUNNING_MINUTES})`.execute(db);
  return rows[0]?.held ?? 0;
}
