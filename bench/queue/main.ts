/**
 * The cost of a durable queue: ours compared with plain bee-queue, BullMQ and a minimal queue on PostgreSQL.
 *
 *   npm run bench:queue -- [--rounds 3] [--jobs 2000] [--rate 50] [--only throughput,latency,events,depth]
 *
 * Contenders are interleaved; prints medians of the rounds and CPU seconds (of this process and both servers) for 1,000
 * jobs. Handlers do nothing: only the queue is measured. Servers are started for the run in a temporary folder, or
 * those of DATABASE_URL and REDIS_URL are used. Queues that only write to Redis get five times as many jobs, as they
 * are faster.
 */
import { parseArgs } from 'node:util';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { median, percentile, row, say } from '../shared/measure.ts';
import { benchServers, freshDatabaseUrl, installPeers, withResources } from '../shared/servers.ts';
import type { Contender, QueueBenchContext } from './contender.ts';
import { measureDepth } from './depth.ts';
import { firstEventLatencies } from './first-event.ts';
import { ourCreateVideo, ourQueue } from './ours.ts';
import { plainPostgres } from './plain-postgres.ts';
import { latenciesOf, throughputOf } from './rounds.ts';

const SLOTS = 10;
const PRODUCERS = 20;
const LATENCY_SECONDS = 6;
const POOL = 16;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '50' },
    videos: { type: 'string', default: '60' },
    only: { type: 'string', default: 'throughput,latency,events,depth' },
  },
});
const [rounds, jobs, rate, videos] = [options.rounds, options.jobs, options.rate, options.videos].map(Number);
const wanted = new Set(options.only.split(','));

async function main(resources: AsyncDisposableStack): Promise<void> {
  const { databaseUrl, redisUrl } = await benchServers(resources);
  const fresh = (poolMax: number) => freshDatabase(databaseUrl, poolMax, resources);
  const contenders = [...(await redisPeers()), plainPostgres, ourQueue, ourCreateVideo];
  say(`medians of ${rounds} rounds; ${SLOTS} slots, ${PRODUCERS} producers, Node ${process.version}`);
  if (wanted.has('throughput'))
    await compareThroughput(contenders, { db: (await fresh(POOL)).db, redisUrl, slots: SLOTS });
  if (wanted.has('latency')) await compareLatency(contenders, { db: (await fresh(POOL)).db, redisUrl, slots: SLOTS });
  if (wanted.has('events')) await measureFirstEvents({ ...(await fresh(4)), redisUrl });
  if (wanted.has('depth')) await measureDepth((await fresh(4)).db);
}

async function compareThroughput(contenders: readonly Contender[], context: QueueBenchContext): Promise<void> {
  const results = await takeTurns(contenders, (contender) =>
    throughputOf(contender, context, contender.durable ? (jobs ?? 0) : 5 * (jobs ?? 0), PRODUCERS),
  );
  const rates = medians(results, ({ jobsPerSecond }) => jobsPerSecond);
  say('\nThroughput: from the first job enqueued to the last one done');
  row('', 'jobs/s', 'CPU s/1,000', 'to bee-queue', 'to PostgreSQL');
  for (const [contender, rate] of rates) {
    const cpu = median((results.get(contender) ?? []).map(({ cpuPerThousand }) => cpuPerThousand));
    const toPostgres = contender.durable ? ratio(rate, rates.get(plainPostgres)) : '';
    row(contender.name, rate.toFixed(0), cpu.toFixed(2), ratio(rate, [...rates.values()][0]), toPostgres);
  }
}

async function compareLatency(contenders: readonly Contender[], context: QueueBenchContext): Promise<void> {
  const results = await takeTurns(contenders, (contender) =>
    latenciesOf(contender, context, LATENCY_SECONDS * (rate ?? 0), rate ?? 0),
  );
  say(`\nEnqueue to start, at ${rate} jobs/s: from enqueuing a job to the start of its handler, milliseconds`);
  row('', 'p50', 'p95', 'p99', 'p95: to bee');
  const p95s = medians(results, (latencies) => percentile(latencies, 0.95));
  for (const contender of contenders) {
    const of = (share: number) =>
      median((results.get(contender) ?? []).map((latencies) => percentile(latencies, share))).toFixed(2);
    row(contender.name, of(0.5), of(0.95), of(0.99), ratio(p95s.get(contender), [...p95s.values()][0]));
  }
}

async function measureFirstEvents(context: Parameters<typeof firstEventLatencies>[0]): Promise<void> {
  const firstEventTimes = await firstEventLatencies(context, videos ?? 0);
  const line = (name: string, of: readonly number[]) =>
    row(name, ...[0.5, 0.95, 1].map((share) => percentile(of, share).toFixed(1)));
  say(
    `\nEnqueue to first event, ${videos} videos one at a time: milliseconds until the response of createVideo over HTTP, when`,
  );
  say(
    'the video is in the queue, and from then to the worker’s first event at a subscriber over a WebSocket; client, API and',
  );
  say('worker are three processes');
  row('', 'p50', 'p95', 'most');
  line(
    'createVideo answered',
    firstEventTimes.map(({ answered }) => answered),
  );
  line(
    'enqueued to first event',
    firstEventTimes.map(({ answered, firstEvent }) => firstEvent - answered),
  );
  line(
    'both',
    firstEventTimes.map(({ firstEvent }) => firstEvent),
  );
}

/** One result of each contender for each round, one after the other, so that a slow machine affects all. */
async function takeTurns<T>(
  contenders: readonly Contender[],
  measure: (contender: Contender) => Promise<T>,
): Promise<Map<Contender, T[]>> {
  const results = new Map<Contender, T[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < (rounds ?? 0); round++)
    for (const contender of contenders) results.get(contender)?.push(await measure(contender));
  return results;
}

function medians<T>(results: ReadonlyMap<Contender, readonly T[]>, of: (result: T) => number): Map<Contender, number> {
  return new Map([...results].map(([contender, all]) => [contender, median(all.map(of))]));
}

function ratio(one: number | undefined, other: number | undefined): string {
  return one === undefined || other === undefined ? '' : (one / other).toFixed(3);
}

async function redisPeers(): Promise<Contender[]> {
  installPeers('bullmq');
  const { bullMq, plainBeeQueue } = await import('./redis-peers.ts');
  return [plainBeeQueue, bullMq];
}

/** Migrated, empty, and dropped at the end. */
async function freshDatabase(
  server: string,
  poolMax: number,
  resources: AsyncDisposableStack,
): Promise<{ db: Database; databaseUrl: string }> {
  const databaseUrl = await freshDatabaseUrl(server, resources);
  const db = await openDatabase({ url: databaseUrl, poolMax });
  resources.defer(() => db.close());
  await db.migrate();
  return { db, databaseUrl };
}

await withResources(main);
