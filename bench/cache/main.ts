/**
 * The cost of reads from PostgreSQL, from Redis and from memory, and the delay until a change made through one process
 * is visible through another.
 *
 *   node bench/cache/main.ts [videos] [rounds]        (Node 24; starts its own servers without DATABASE_URL and REDIS_URL)
 *
 * Sides are interleaved, medians of the rounds are printed: CPU µs of Node, PostgreSQL and Redis for each read, eight
 * concurrent reads, and the time of a single read. Ratios are of the CPU of all three relative to the uncached read. `a
 * miss` is a read that checks the cache, then PostgreSQL, and stores the answer; its extra cost determines the hit rate
 * from which caching pays.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Cache } from '../../src/cache/cache.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { percentile, say } from '../shared/measure.ts';
import { benchServers, freshDatabaseUrl, withResources } from '../shared/servers.ts';
import { fillDatabase } from './dataset.ts';
import { type Cost, costOf, medianOf, type Side } from './measure.ts';
import { candidates, type Workload } from './workloads.ts';

const POOL = 8;
/** Duration of one sample: long enough for the resolution of PostgreSQL's CPU time, a hundredth of a second. */
const SAMPLE_MS = 200;
const CHANGES = 500;

await withResources(async (resources) => {
  const [videos, rounds] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 5)];
  const { databaseUrl, redisUrl } = await benchServers(resources);
  const db = await openDatabase({
    url: await freshDatabaseUrl(databaseUrl, resources),
    poolMax: POOL,
    statementSeconds: 600,
  });
  resources.defer(() => db.close());
  await db.migrate();
  await fillDatabase(db, videos);
  const [cache, other] = [await openCache(redisUrl, resources), await openCache(redisUrl, resources)];
  say(`${videos.toLocaleString('en')} videos, ${rounds} rounds; medians, CPU µs a read\n`);
  for (const work of candidates(db, cache)) await compare(work, rounds, db, redisUrl);
  await measureChanges(cache, other);
});

async function openCache(redisUrl: string, resources: AsyncDisposableStack): Promise<Cache> {
  const pubSub = new RedisPubSub({ redisUrl, prefix: 'bench' });
  resources.defer(() => pubSub.close());
  pubSub.open();
  const cache = new Cache({ redisUrl, prefix: 'bench', pubSub, onFault: (thrown) => say(`  ! ${String(thrown)}`) });
  resources.defer(() => cache.close());
  cache.open();
  while (!cache.isCurrent) await sleep(10);
  return cache;
}

async function compare({ name, sides }: Workload, rounds: number, db: Database, redisUrl: string): Promise<void> {
  let number = 0;
  const next = () => number++;
  const reads = new Map<Side, number>();
  for (const side of sides) reads.set(side, await readsFor(side, next));
  const costs = new Map(sides.map((side) => [side, [] as Cost[]]));
  for (let round = 0; round < rounds; round++)
    for (const side of sides) costs.get(side)?.push(await costOf(side, reads.get(side) ?? 1, db, redisUrl, next));
  say(name);
  const [uncached = 0] = sides.map((side) => totalOf(medianOf(costs.get(side) ?? [])));
  for (const side of sides) sayCost(side.name, medianOf(costs.get(side) ?? []), uncached);
}

/** Number of reads that fill a sample. */
async function readsFor({ read, warmUp }: Side, next: () => number): Promise<number> {
  for (let turn = 0; turn < warmUp; turn++) await read(next());
  const begun = performance.now();
  let reads = 0;
  while (performance.now() - begun < SAMPLE_MS && reads < 5_000) {
    await read(next());
    reads++;
  }
  return Math.max(reads, 3);
}

function totalOf({ node, postgres, redis }: Cost): number {
  return node + postgres + redis;
}

function sayCost(name: string, cost: Cost, uncached: number): void {
  const cells = [cost.node, cost.postgres, cost.redis].map((microseconds) => microseconds.toFixed(1).padStart(10));
  const ratio = (totalOf(cost) / uncached).toFixed(3);
  say(
    `  ${name.padEnd(14)} Node ${cells[0]}  PostgreSQL ${cells[1]}  Redis ${cells[2]}  ${ratio} of uncached  p50 ${cost.p50Ms.toFixed(3)} ms`,
  );
}

/** From the end of the change in one process until the other returns the new answer. */
async function measureChanges(one: Cache, other: Cache): Promise<void> {
  let truth = 0;
  const seconds = { memorySeconds: 300, redisSeconds: 1_800 };
  const settings = {
    ...seconds,
    name: 'change',
    entries: 10,
    allowsStale: false,
    isWorthCaching: () => true,
    schema: z.number(),
  };
  const [withInvalidation, reading] = [one.region(settings), other.region(settings)];
  const times: number[] = [];
  for (let turn = 1; turn <= CHANGES; turn++) {
    const load = async () => truth;
    await reading.read('it', '', load);
    await reading.read('it', '', load);
    let changedAt = 0;
    const change = withInvalidation.withInvalidation('it', async () => {
      await sleep(2);
      truth = turn;
      changedAt = performance.now();
    });
    while (truth !== turn || (await reading.read('it', '', load)) !== turn) await sleep(0);
    times.push(performance.now() - changedAt);
    await change;
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  say(
    `A change is visible through another process after ${p50.toFixed(2)} ms (p50), ${p99.toFixed(2)} ms (p99), ${CHANGES} changes`,
  );
}
