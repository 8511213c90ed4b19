/**
 * The time of the API from start to ready, with running servers, and its memory when idle.
 *
 *   node bench/profile/start-up.ts [--rounds 5] [--entry dist/main.js]        (Node 24, Linux)
 *
 * For comparison, in the same rounds, a minimal program that answers a probe: Node with an HTTP server and one
 * connection of `pg`. Ready is the first 200 of /readyz; memory is read from /proc ten seconds later (anonymous:
 * without the pages of programs and libraries that processes share).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../src/embedded/free-port.ts';
import { median, row, say } from '../shared/measure.ts';
import { benchServers, freshDatabaseUrl, withResources } from '../shared/servers.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, entry: { type: 'string', default: 'dist/main.js' } },
});
const IDLE_MS = 10_000;
const TICK_MS = 5;

/** Answers /readyz once the database has answered. */
const LEAST = `
  import { createServer } from 'node:http';
  import pg from 'pg';
  const client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  await client.query('select 1');
  createServer((request, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');`;

interface Sample {
  readonly readyMs: number;
  readonly cpuMs: number;
  readonly residentMb: number;
  readonly anonymousMb: number;
}

async function main(resources: AsyncDisposableStack): Promise<void> {
  const { dataDir, databaseUrl: server, redisUrl } = await benchServers(resources);
  const databaseUrl = await freshDatabaseUrl(server, resources);
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, LOG_LEVEL: 'warn' };
  const sides = { least: ['--input-type=module', '-e', LEAST], ours: [values.entry, 'serve'] };
  await measure(sides.ours, env); // applies migrations, and warms the disk cache
  const samples: Record<keyof typeof sides, Sample[]> = { least: [], ours: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    samples.least.push(await measure(sides.least, env));
    samples.ours.push(await measure(sides.ours, env));
  }
  say(`medians of ${values.rounds} rounds, Node ${process.version}`);
  row('', 'ready ms', 'CPU ms', 'resident MB', 'anonymous MB');
  for (const [name, of] of Object.entries(samples)) {
    const cells = (['readyMs', 'cpuMs', 'residentMb', 'anonymousMb'] as const).map((key) =>
      median(of.map((sample) => sample[key])).toFixed(0),
    );
    row(name === 'ours' ? 'autovideo serve' : 'http and pg alone', ...cells);
  }
}

async function measure(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Sample> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The program does not start: ${args.join(' ')}`);
      await sleep(TICK_MS);
    }
    const readyMs = performance.now() - begun;
    const cpuMs = await cpuOf(child);
    await sleep(IDLE_MS);
    return { readyMs, cpuMs, ...(await memoryOf(child)) };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

async function isReady(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false, // not listening yet
  );
}

/** proc(5): fields 14 and 15 of /proc/pid/stat, in hundredths of a second. */
async function cpuOf({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

async function memoryOf({ pid }: ChildProcess): Promise<Pick<Sample, 'residentMb' | 'anonymousMb'>> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => (1_024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])) / 1e6;
  return { residentMb: megabytes('VmRSS'), anonymousMb: megabytes('RssAnon') };
}

await withResources(main);
