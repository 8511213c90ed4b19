import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/db/database.ts';
import { median, postgresSeconds, redisSeconds } from '../shared/measure.ts';

/** One way to get the same answer. */
export interface Side {
  readonly name: string;
  /** The number increases and is never repeated. */
  readonly read: (number: number) => Promise<unknown>;
  /** Number of reads until every cache is filled. */
  readonly warmUp: number;
}

export interface Cost {
  /** CPU µs for each read. */
  readonly node: number;
  readonly postgres: number;
  readonly redis: number;
  /** Time of a single read. */
  readonly p50Ms: number;
}

const AT_ONCE = 8;
const ALONE = 15;

/** Costs of one side over the given number of reads. */
export async function costOf(
  { read }: Side,
  reads: number,
  db: Database,
  redisUrl: string,
  next: () => number,
): Promise<Cost> {
  const before = await seconds(db, redisUrl);
  let left = reads;
  const one = async () => {
    while (left-- > 0) await read(next());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const after = await seconds(db, redisUrl);
  const each = (place: 'node' | 'postgres' | 'redis') => (1_000_000 * (after[place] - before[place])) / reads;
  const times: number[] = [];
  for (let turn = 0; turn < Math.min(ALONE, reads); turn++) {
    const begun = performance.now();
    await read(next());
    times.push(performance.now() - begun);
  }
  return { node: each('node'), postgres: each('postgres'), redis: each('redis'), p50Ms: median(times) };
}

async function seconds(db: Database, redisUrl: string) {
  // PostgreSQL's CPU time has a resolution of a hundredth of a second and is reported with a delay.
  await sleep(20);
  const postgres = await postgresSeconds(db);
  const redis = await redisSeconds(redisUrl);
  const { user, system } = process.cpuUsage();
  return { node: (user + system) / 1_000_000, postgres, redis };
}

export function medianOf(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost) => median(costs.map((cost) => cost[key]));
  return { node: of('node'), postgres: of('postgres'), redis: of('redis'), p50Ms: of('p50Ms') };
}
