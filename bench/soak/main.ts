/**
 * What the program holds after half an hour of mixed work: memory, handles, sockets, files of unfinished work, connections.
 *
 *   npm run soak -- [--minutes 30] [--subscribers 200] [--at-once 2] [--entry dist/main.js]        (Linux, FFmpeg)
 *
 * Runs `autovideo start` with its own PostgreSQL and Redis. Subscribers watch the events of all videos, and ten of them leave and come
 * back each minute; short videos are made one after the other; a mix of queries and wrong requests is sent ten times a second.
 * Everything is read every ten seconds. The first fifth of the time fills caches; the table compares the second fifth with the last one
 * by medians. Ends with status 1 where something has grown.
 */

import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openClient, startProgram } from '../responsiveness/client.ts';
import { memoryOf } from '../responsiveness/memory.ts';
import { median, row, say } from '../shared/measure.ts';
import { withResources } from '../shared/servers.ts';
import { Subscribers } from './subscribers.ts';
import { requestInTurn, runVideos } from './work.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    subscribers: { type: 'string', default: '200' },
    'at-once': { type: 'string', default: '2' },
    entry: { type: 'string', default: 'dist/main.js' },
  },
});
const MINUTES = Number(values.minutes);
const READ_EVERY_MS = Math.min(10_000, (60_000 * MINUTES) / 30);
const PARTS = 5;

/** How much more is still flat: a share of the earlier figure and an amount, for what changes from moment to moment. */
const FIGURES = {
  'memory, MB': { share: 0.1, amount: 15 },
  'heap after collections, MB': { share: 0.1, amount: 8 },
  'open files': { share: 0.05, amount: 8 },
  'open sockets': { share: 0.05, amount: 8 },
  'connections to PostgreSQL': { share: 0.1, amount: 3 },
  'open requests, streams and sockets': { share: 0.05, amount: 8 },
  'entries in DATA_DIR/work': { share: 0, amount: 6 },
} as const;
type Figure = keyof typeof FIGURES;
type Reading = Readonly<Record<Figure, number>>;

async function main(resources: AsyncDisposableStack): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-soak-'));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const limits = {
    SOCKETS_PER_USER: '10000',
    SOCKETS_PER_NETWORK: '10000',
    NEW_SOCKETS_PER_NETWORK: '10000',
    SUBSCRIPTIONS_PER_USER: '10000',
  };
  const program = await startProgram(values.entry, dataDir, limits);
  resources.defer(() => program.close());
  const client = await openClient(program.url);
  const subscribers = Subscribers.open(program.url, client.accessToken, Number(values.subscribers));
  resources.defer(async () => subscribers.close());
  say(`${MINUTES} minutes, ${values.subscribers} subscribers, Node ${process.version}`);

  const stop = new AbortController();
  const work = Promise.all([
    runVideos(client, Number(values['at-once']), stop.signal),
    requestInTurn(client, program.url, stop.signal),
  ]);
  // What fails ends the readings, and is thrown after them.
  work.catch(() => stop.abort());
  const readings: Reading[] = [];
  for (
    const end = Date.now() + 60_000 * MINUTES;
    Date.now() < end && !stop.signal.aborted;
    await sleep(READ_EVERY_MS)
  ) {
    readings.push(await readingOf(program, dataDir));
    subscribers.exchangeSome(READ_EVERY_MS / 60_000);
    subscribers.throwFailure();
  }
  stop.abort();
  const [made, sent] = await work;

  say(
    `${made} videos were made; ${sent.answered} requests were answered, ${sent.refused} of them with an error that was meant`,
  );
  say(`${subscribers.received} events arrived, ${subscribers.exchanged} subscribers left and came back\n`);
  const length = Math.floor(readings.length / PARTS);
  const [early, late] = [readings.slice(length, 2 * length), readings.slice(-length)];
  row('', 'second fifth', 'last fifth', '');
  const grown = FIGURE_NAMES.filter((figure) => {
    const [before, after] = [early, late].map((part) => median(part.map((reading) => reading[figure])));
    if (before === undefined || after === undefined) throw new Error('Too few readings.');
    const { share, amount } = FIGURES[figure];
    const hasGrown = after > before * (1 + share) + amount;
    row(figure, before.toFixed(0), after.toFixed(0), hasGrown ? 'grown' : 'flat');
    return hasGrown;
  });
  if (grown.length > 0) process.exitCode = 1;
}

const FIGURE_NAMES: readonly Figure[] = [
  'memory, MB',
  'heap after collections, MB',
  'open files',
  'open sockets',
  'connections to PostgreSQL',
  'open requests, streams and sockets',
  'entries in DATA_DIR/work',
];

async function readingOf(
  { pid, url }: { readonly pid: number; readonly url: string },
  dataDir: string,
): Promise<Reading> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const metric = (series: string) => {
    const line = metrics.split('\n').find((one) => one.startsWith(`${series} `));
    if (line === undefined) throw new Error(`/metrics has no ${series}.`);
    return Number(line.slice(series.length + 1));
  };
  const files = openFilesOf(pid);
  return {
    'memory, MB': memoryOf(pid).node,
    'heap after collections, MB': metric('nodejs_heap_size_used_bytes') / 1e6,
    'open files': files.length,
    'open sockets': files.filter((target) => target.startsWith('socket:')).length,
    'connections to PostgreSQL': metric('database_pool_connections{state="total"}'),
    'open requests, streams and sockets': metric('active_connections{service="autovideo"}'),
    'entries in DATA_DIR/work': (await readdir(join(dataDir, 'work'), { recursive: true })).length,
  };
}

/** What the process has open; a file that was closed meanwhile is left out. */
function openFilesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${name}`);
    } catch {
      return [];
    }
  });
}

await withResources(main);
