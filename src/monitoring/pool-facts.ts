import { z } from 'zod';
import type { Database } from '../db/database.ts';

const pgPool = z.object({ totalCount: z.number(), idleCount: z.number(), waitingCount: z.number() });

export interface PoolCounts {
  /** Connections that are open, and those of them that nothing uses. */
  readonly total: number;
  readonly idle: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
  readonly max: number;
}

/** The connection pool of this process. Asks nothing of the database. */
export async function poolCounts(db: Database): Promise<PoolCounts> {
  const client = pgPool.parse(await db.orm.em.getConnection().getNativeClient());
  const { totalCount: total, idleCount: idle, waitingCount: waiting } = client;
  return { total, idle, waiting, max: db.poolMax };
}

/** How the connection pool of this process is used, and how many connections have been held for over five minutes. */
export async function poolFacts(db: Database) {
  const counts = await poolCounts(db);
  const used = counts.total - counts.idle;
  return {
    ...counts,
    used,
    usagePercentage: (100 * used) / db.poolMax,
    longRunning: db.poolUsage.leakedSeconds.length,
  };
}
