import { sql } from 'kysely';
import type { Sql } from '../db/orm.ts';

/** Workers record that they are alive every 5 s. */
const WORKER_TIMEOUT_SECONDS = 20;

/** How many workers are alive, and how many jobs wait for them. */
export async function readWorkload(db: Sql): Promise<{ activeWorkers: number; pendingJobs: number }> {
  const { rows } = await sql<{ activeWorkers: number; pendingJobs: number }>`
    select (select count(*)::int from workers
        where heartbeat_at > now() - make_interval(secs => ${WORKER_TIMEOUT_SECONDS})) as "activeWorkers",
      (select count(*)::int from jobs where status = 'WAITING') as "pendingJobs"`.execute(db);
  return rows[0] ?? { activeWorkers: 0, pendingJobs: 0 };
}
