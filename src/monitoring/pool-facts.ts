import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../db/database.ts';

const pgPool = z.object({ totalCount: z.number(), idleCount: z.number(), waitingCount: z.number() });
const LONG_RUNNING_MINUTES = 5;

/** How the connection pool of this process is used, and how many connections have been held for over five minutes. */
export async function poolFacts(db: Database) {
  const {
    totalCount: total,
    idleCount: idle,
    waitingCount: waiting,
  } = pgPool.parse(await db.orm.em.getConnection().getNativeClient());
  const { rows } = await sql<{ held: number }>`
    select count(*)::int as held from pg_stat_activity
    where application_name = 'autovideo_backend' and datname = current_database()
      and xact_start < now() - make_interval(mins => ${LONG_RUNNING_MINUTES})`.execute(db.sql());
  const used = total - idle;
  return {
    total,
    idle,
    used,
    waiting,
    max: db.poolMax,
    usagePercentage: (100 * used) / db.poolMax,
    longRunning: rows[0]?.held ?? 0,
  };
}
