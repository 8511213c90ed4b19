/**
 * The cost of delivering one event to many sockets: our server compared with a minimal implementation, graphql-ws and
 * Mercurius.
 *
 *   node bench/fan-out/main.ts [--only small,large] [--rounds 9] [--seconds 2] [--sockets 1000,2000]     (Node 24, Linux, two cores)
 *
 * small: one event of 1 KB to all sockets, the next when all have received it. Each server is a process on a separate
 * core; sockets and publisher share the other core. Rounds are interleaved, medians are printed, with ratios to the
 * first side: messages a second, CPU µs of the server for each, milliseconds from publishing to each socket; then the
 * share of its core that the load used, and the share of the time for which other processes kept the server from its
 * core: it must be near 0, else the machine was not idle. The compared sides have their events in memory, so that only
 * the fan-out is compared; the complete API is shown in addition, where publishing is a Redis notification of an event
 * that is already in PostgreSQL.
 * large: 10,000 sockets at the complete API, ten for each of 1,000 videos, an event a second for each video.
 *
 * Every message is checked: each event once, in order, the same JSON from all sides. Peers are installed in bench/ at
 * the first run. Servers are started for the run in a temporary folder, or those of DATABASE_URL and REDIS_URL are
 * used.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, row, say } from '../shared/measure.ts';
import { ANY_CORE, LOAD_CORE, pinTo } from '../shared/production.ts';
import { installPeers, withResources } from '../shared/servers.ts';
import { openFullServer } from './full-server.ts';
import { openInMemory, openOurs } from './in-memory.ts';
import { measureLarge } from './large.ts';
import { measureRound, type Sample } from './measure.ts';
import { SubscriberGroup, type Target } from './subscribers.ts';

/** Options of Node for our own server, e.g. to profile it. */
const FLAGS = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter(Boolean);
const WARM_UP = 20;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'small,large' },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '2' },
    sockets: { type: 'string', default: '1000,2000' },
    sides: { type: 'string', default: 'raw,ours,graphql-ws,mercurius,whole' },
  },
});
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
const SIZES = options.sockets.split(',').map(Number);

async function main(resources: AsyncDisposableStack): Promise<void> {
  const wanted = options.only.split(',');
  if (wanted.includes('small')) await measureSmall(options.sides.split(','), resources);
  if (wanted.includes('large')) await measureMany(resources);
}

async function measureSmall(sides: readonly string[], resources: AsyncDisposableStack): Promise<void> {
  const own = resources.use(new AsyncDisposableStack());
  const targets: Target[] = [];
  for (const side of sides) targets.push(await open(side, own));
  pinTo(LOAD_CORE);
  for (const size of SIZES) await compare(targets, size);
  await own.disposeAsync();
}

async function measureMany(resources: AsyncDisposableStack): Promise<void> {
  pinTo(ANY_CORE); // so that PostgreSQL and Redis may run on either
  const whole = await openFullServer({ videos: 1_000, sockets: 10_000, flags: FLAGS }, resources);
  pinTo(LOAD_CORE);
  await measureLarge(whole, 10_000, 20);
}

async function compare(targets: readonly Target[], sockets: number): Promise<void> {
  const groups = new Map<Target, SubscriberGroup>();
  const samples = new Map<Target, Sample[]>(targets.map((target) => [target, []]));
  try {
    for (const target of targets) groups.set(target, await SubscriberGroup.open(target, sockets));
    for (const group of groups.values()) for (let event = 0; event < WARM_UP; event++) await group.publishToAll();
    for (let round = 0; round < rounds; round++)
      for (const [target, group] of groups) samples.get(target)?.push(await measureRound(target, group, seconds));
    for (const group of groups.values()) await group.complete();
  } finally {
    for (const group of groups.values()) group.close();
  }
  const bytes = Math.max(...[...groups.values()].map(({ messageBytes }) => messageBytes));
  say(`\nOne event to ${sockets.toLocaleString('en')} sockets, in messages of ${bytes.toLocaleString('en')} bytes`);
  print(samples);
}

function print(samples: ReadonlyMap<Target, readonly Sample[]>): void {
  row(
    '',
    'messages/s',
    'CPU µs each',
    'p50 ms',
    'p95 ms',
    'of raw by rate',
    'by CPU',
    'p95 to raw’s',
    'load’s core',
    'core taken',
  );
  const [raw] = samples.values();
  for (const [{ name }, own] of samples) {
    const of = (key: keyof Sample, among: readonly Sample[] = own) => median(among.map((sample) => sample[key]));
    const ratio = (key: keyof Sample) => (of(key) / of(key, raw)).toFixed(2);
    const byCpu = (of('cpuMicroseconds', raw) / of('cpuMicroseconds')).toFixed(2);
    const cells = [
      of('perSecond').toFixed(0),
      of('cpuMicroseconds').toFixed(1),
      of('p50Ms').toFixed(1),
      of('p95Ms').toFixed(1),
    ];
    row(name, ...cells, ratio('perSecond'), byCpu, ratio('p95Ms'), of('load').toFixed(2), of('waited').toFixed(2));
  }
}

async function open(side: string, resources: AsyncDisposableStack): Promise<Target> {
  const here = (file: string) => join(import.meta.dirname, file);
  const inMemory = (name: string, args: readonly string[], sendsCurrentState = false) =>
    openInMemory(name, { args, sendsCurrentState, resources });
  const sides: Readonly<Record<string, () => Promise<Target>>> = {
    raw: () => inMemory('plain ws', [here('raw.ts')]),
    ours: () => openOurs(FLAGS, resources),
    'graphql-ws': () => inMemory('graphql-ws', [peer(), 'graphql-ws']),
    mercurius: () => inMemory('Mercurius', [peer(), 'mercurius']),
    whole: () => openFullServer({ videos: 1, sockets: Math.max(...SIZES), flags: FLAGS }, resources),
  };
  const start = sides[side];
  if (!start) throw new Error(`Unknown side ${side}: ${Object.keys(sides).join(', ')}.`);
  return await start();
}

function peer(): string {
  installPeers('mercurius');
  return join(import.meta.dirname, 'peers.ts');
}

await withResources(main);
