import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { countLongTransactions } from './health-sql.ts';

const pgPool = z.object({ totalCount: z.number(), idleCount: z.number(), waitingCount: z.number() });

/** How the connection pool of this process is used, and how many connections have been held for over five minutes. */
export async function poolFacts(db: Database) {
  const {
    totalCount: total,
    idleCount: idle,
    waitingCount: waiting,
  } = pgPool.parse(await db.orm.em.getConnection().getNativeClient());
  const used = total - idle;
  return {
    total,
    idle,
    used,
    waiting,
    max: db.poolMax,
    usagePercentage: (100 * used) / db.poolMax,
    longRunning: await countLongTransactions(db.sql()),
  };
}
