/**
 * The cost of our GraphQL over HTTP compared with a handwritten server that gives the same answers, and with its peers.
 *
 *   npm run bench -- [--only trivial,list,rows,create] [--rounds 11] [--seconds 2]        (Node 24, Linux, two cores)
 *
 * trivial, list: only memory is read; our server has its production settings, and fake services.
 * rows: from PostgreSQL, 100,000 videos; our side is `autovideo serve`. create: a video, its job and its
 * notification, which is then sent to Redis; our side also reserves quota and writes the first event.
 *
 * Real HTTP, 32 connections, each of a different signed-in user. Every side checks the same token, and with PostgreSQL
 * it checks for each request that the session is valid (our side with one query for concurrent requests, raw and peers
 * one by one). Our side has all its guards on; peers have none, and read by prepared statements, which is faster than
 * their usual set-up. All have the same number of connections to PostgreSQL, except PostGraphile, which uses as many
 * again to look up sessions.
 *
 * Each server is a process on a separate core; load, PostgreSQL and Redis share the other core. Rounds are interleaved,
 * medians are printed: requests a second, CPU µs of the server for each, milliseconds of an answer, the ratios of rate
 * and CPU to the first side in the same round; then the share of its core that the load used, and the share of the time
 * for which other processes kept the server from its core: it must be near 0, else the machine was not idle. Before the
 * measurement and after each round all sides must give the same answer, and every answer in between must have the same
 * length; for writes, the rows and notifications are counted afterwards.
 *
 * Peers are installed in bench/ at the first run. Servers are started for the run in a temporary folder, or those of
 * DATABASE_URL and REDIS_URL are used; these should then be on the load's core (`taskset`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { say } from '../shared/measure.ts';
import { LOAD_CORE, pinTo } from '../shared/production.ts';
import { installPeers, withResources } from '../shared/servers.ts';
import { assertSameAnswers, operationFor } from './compare-answers.ts';
import { CONNECTIONS, countCreated } from './dataset.ts';
import { load, type Sample } from './load.ts';
import { openSides, type Side } from './sides.ts';
import { print } from './table.ts';
import { type Group, NAMES, type SideName, WORKLOADS, type Workload } from './workloads.ts';

const WARM_UP_SECONDS = 3;
const OUTBOX_TIMEOUT_MS = 10_000;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(WORKLOADS).join() },
    rounds: { type: 'string', default: '11' },
    seconds: { type: 'string', default: '2' },
    sides: { type: 'string', default: Object.keys(NAMES).join() },
  },
});
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
const wantedSides = new Set(options.sides.split(','));
for (const side of wantedSides)
  if (!(side in NAMES)) throw new Error(`Unknown side ${side}: ${Object.keys(NAMES).join(', ')}.`);

async function measureAll(resources: AsyncDisposableStack): Promise<void> {
  const workloads = options.only.split(',').map(workloadNamed);
  installPeers('postgraphile');
  // With all processes started from here on, except the servers under test.
  pinTo(LOAD_CORE);
  say(`medians of ${rounds} rounds of ${seconds} s, ${CONNECTIONS} connections, Node ${process.version}`);
  for (const [group, ofGroup] of Map.groupBy(workloads, ({ group }) => group))
    await measureGroup(group, ofGroup, resources);
}

function workloadNamed(name: string): Workload {
  const work = WORKLOADS[name];
  if (!work) throw new Error(`Unknown workload ${name}: ${Object.keys(WORKLOADS).join(', ')}.`);
  // The first side is the reference for the others.
  return { ...work, sides: work.sides.filter((side, index) => index === 0 || wantedSides.has(side)) };
}

async function measureGroup(
  group: Group,
  workloads: readonly Workload[],
  resources: AsyncDisposableStack,
): Promise<void> {
  const own = resources.use(new AsyncDisposableStack());
  const names = [...new Set(workloads.flatMap(({ sides }) => sides))];
  const sides = await openSides(group, names, own);
  for (const work of workloads)
    await measure(
      work,
      sides.filter(({ name }) => work.sides.includes(name)),
    );
  await own.disposeAsync();
}

async function measure(work: Workload, sides: readonly Side[]): Promise<void> {
  const samples = new Map<SideName, Sample[]>(sides.map(({ name }) => [name, []]));
  const answered = new Map<Side, number>(sides.map((side) => [side, 0]));
  const ask = async (side: Side, forSeconds: number) => {
    const sample = await load(side, operationFor(work, side.name), forSeconds);
    answered.set(side, (answered.get(side) ?? 0) + sample.answers);
    return sample;
  };
  const compare = async () => {
    await assertSameAnswers(work, sides);
    for (const [side, answers] of answered) answered.set(side, answers + 1);
  };
  await compare();
  for (const side of sides) await ask(side, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) samples.get(side.name)?.push(await ask(side, seconds));
    await compare();
  }
  if (work.group === 'create') for (const [side, answers] of answered) await checkCreated(side, answers);
  print(work, samples);
}

/** Each answer must have a video with all its rows, and a notification in Redis. */
async function checkCreated({ name, store }: Side, answers: number): Promise<void> {
  if (!store) throw new Error(`${NAMES[name]} has no database.`);
  const counted = () => countCreated(store.databaseUrl, store.redisUrl, store.prefix);
  let created = await counted();
  for (
    const until = Date.now() + OUTBOX_TIMEOUT_MS;
    created.outbox > 0 && Date.now() < until;
    created = await counted()
  )
    await sleep(100);
  const { videos, jobs, outbox, queued } = created;
  // The answers to the last requests of each round were not read.
  const cutOff = videos - answers;
  const isComplete = jobs === videos && queued === videos && outbox === 0;
  if (!isComplete || cutOff < 0 || cutOff > (rounds + 1) * CONNECTIONS)
    throw new Error(`${NAMES[name]} answered ${answers} times, and created ${JSON.stringify(created)}.`);
}

await withResources(measureAll);
