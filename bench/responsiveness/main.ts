/**
 * Response times of the API while the worker of the same process makes films, and the memory of all processes.
 *
 *   node bench/responsiveness/main.ts [--entry dist/main.js] [--films 2] [--scenes 61] [--at-once 2] [--programs-at-once 1] [--idle-seconds 20]
 *   (Node 24, Linux)
 *
 * Runs `autovideo start` as `npm start` does, with its own PostgreSQL and Redis. A list query is sent every 50 ms over
 * HTTP, whether or not the last one has been answered: first while idle, then until all films are made. Films are 720p
 * with captions and music, about 4 minutes long. Memory is proportional set size (proc(5), smaps_rollup), so that pages
 * which several processes share count once; it is read twice a second, and the table shows the moment of the highest
 * total. `--entry` sets another build of the program, for comparison.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile, row, say } from '../shared/measure.ts';
import { withResources } from '../shared/servers.ts';
import { type Client, openClient, startProgram } from './client.ts';
import { filmScript } from './film-script.ts';
import { MemoryWatch } from './memory.ts';

const { values } = parseArgs({
  options: {
    entry: { type: 'string', default: 'dist/main.js' },
    films: { type: 'string', default: '2' },
    scenes: { type: 'string', default: '61' },
    'at-once': { type: 'string', default: '2' },
    'programs-at-once': { type: 'string' },
    'idle-seconds': { type: 'string', default: '20' },
  },
});
const EVERY_MS = 50;
const GOAL_P95_MS = 50;
const GOAL_MEGABYTES = 700;
const KINDS = ['all', 'node', 'ffmpeg', 'espeak', 'servers'] as const;
const NAMES: Readonly<Record<(typeof KINDS)[number], string>> = {
  all: 'all processes',
  node: 'API and worker',
  ffmpeg: 'FFmpeg',
  espeak: 'speech programs',
  servers: 'PostgreSQL and Redis',
};

async function main(resources: AsyncDisposableStack): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-bench-'));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const program = await startProgram(values.entry, dataDir, {
    WORKER_CONCURRENCY: values['at-once'],
    PROGRAMS_AT_ONCE: values['programs-at-once'] ?? '',
  });
  resources.defer(() => program.close());
  const client = await openClient(program.url);
  say(`${values.films} films of ${values.scenes} scenes, ${values['at-once']} at once, Node ${process.version}`);

  await latencies(client, sleep(5_000)); // lets V8 compile the request path
  const idle = await latencies(client, sleep(1_000 * Number(values['idle-seconds'])));
  const memory = new MemoryWatch(program.pid);
  const begun = performance.now();
  const busy = await latencies(client, films(client));
  const seconds = (performance.now() - begun) / 1_000;
  memory.close();

  row('a list query, ms', 'requests', 'p50', 'p95', 'p99', 'longest');
  row('idle', ...figures(idle));
  row('while films are made', ...figures(busy));
  const ratio = (share: number) => (percentile(busy, share) / percentile(idle, share)).toFixed(1);
  row('ratio', '', ratio(0.5), ratio(0.95), ratio(0.99), ratio(1));
  say(`  the films took ${seconds.toFixed(0)} s`);
  goal(`p95 ≤ ${GOAL_P95_MS} ms while films are made`, percentile(busy, 0.95) <= GOAL_P95_MS);
  say();
  const { peak, largest } = memory;
  row('memory, MB', 'at the peak', 'largest each');
  for (const kind of KINDS) row(NAMES[kind], peak[kind].toFixed(0), largest[kind].toFixed(0));
  goal(`all processes together ≤ ${GOAL_MEGABYTES} MB`, peak.all <= GOAL_MEGABYTES);
}

/** Milliseconds of each request that was sent until `work` has ended. */
async function latencies(client: Client, work: Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  const failures: unknown[] = [];
  const underWay = new Set<Promise<void>>();
  let ended = false;
  const working = work.finally(() => {
    ended = true;
  });
  working.catch((thrown: unknown) => failures.push(thrown));
  while (!ended && failures.length === 0) {
    const sentAt = performance.now();
    const asking = client
      .list()
      .then(
        () => found.push(performance.now() - sentAt),
        (thrown: unknown) => failures.push(thrown),
      )
      .then(() => void underWay.delete(asking));
    underWay.add(asking);
    await sleep(EVERY_MS);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
  return found;
}

/** Resolves once all films are made; throws if one failed. */
async function films(client: Client): Promise<void> {
  for (let film = 0; film < Number(values.films); film++)
    await client.create(`Film ${film + 1}`, filmScript(Number(values.scenes), film));
  for (;;) {
    const videos = await client.list();
    const failed = videos.find(({ status }) => status === 'FAILED');
    if (failed) throw new Error(`${failed.title} failed: ${failed.error?.message ?? ''}`);
    if (videos.every(({ status }) => status === 'COMPLETED')) return;
    await sleep(1_000);
  }
}

function figures(found: readonly number[]): string[] {
  const milliseconds = [0.5, 0.95, 0.99, 1].map((share) => percentile(found, share).toFixed(1));
  return [String(found.length), ...milliseconds];
}

function goal(sentence: string, reached: boolean): void {
  say(`  ${reached ? 'reached' : 'missed '}  ${sentence}`);
}

await withResources(main);
