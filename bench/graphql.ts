/**
 * How near our GraphQL over HTTP comes to a hand-written handler that gives the same answers.
 *
 *   node bench/graphql.ts [rounds] [seconds]        (Node 24, Linux, two cores)
 *
 * Each side is a process on a core of its own, the load comes from the other core; both check the same token. Rounds are
 * interleaved, medians are printed: requests a second, CPU µs of the server for each request, and the ratio to the raw side.
 * Before anything is measured, both sides have to give the same bytes.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BENCH_SECRET, WORK } from './graphql-work.ts';
import { installPeers } from './servers.ts';

const ROOT = join(import.meta.dirname, '..');
const BUILT = process.env['BENCH_BUILD'] ?? join(ROOT, '.build');
const AUTOCANNON =
  process.env['AUTOCANNON'] ?? join(import.meta.dirname, 'node_modules', 'autocannon', 'autocannon.js');
const SERVER_CORE = '0';
const LOAD_CORE = '1';
const CONNECTIONS = 32;
const WARM_UP_SECONDS = 3;

type Side = 'ours' | 'raw';
const SIDES: readonly Side[] = ['raw', 'ours'];
type Work = { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };

interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

interface Sample {
  readonly rate: number;
  readonly cpuMicroseconds: number;
  readonly p99Ms: number;
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 5);
  const seconds = Number(process.argv[3] ?? 4);
  if (!process.env['BENCH_BUILD'])
    execFileSync('npx', ['tsc', '--noEmit', 'false', '--outDir', BUILT], { cwd: ROOT, stdio: 'inherit' });
  if (!process.env['AUTOCANNON']) installPeers('autocannon');
  const servers = { ours: await open('ours'), raw: await open('raw') };
  try {
    const token = await tokenOf();
    for (const [name, work] of Object.entries(WORK)) {
      await refuseDifference(servers, work, token);
      await measure(name, { servers, work, token, rounds, seconds });
    }
  } finally {
    for (const { process } of Object.values(servers)) process.kill();
  }
}

interface Run {
  readonly servers: Readonly<Record<Side, Server>>;
  readonly work: Work;
  readonly token: string;
  readonly rounds: number;
  readonly seconds: number;
}

async function measure(name: string, { servers, work, token, rounds, seconds }: Run): Promise<void> {
  const samples: Record<Side, Sample[]> = { ours: [], raw: [] };
  for (const side of SIDES) await load(servers[side], work, token, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round += 1)
    for (const side of SIDES) samples[side].push(await load(servers[side], work, token, seconds));
  const raw = medianOf(samples.raw);
  const ours = medianOf(samples.ours);
  const row = (side: string, sample: Sample) =>
    `  ${side.padEnd(5)} ${sample.rate.toFixed(0).padStart(7)}/s  ${sample.cpuMicroseconds.toFixed(1).padStart(6)} CPU µs  p99 ${sample.p99Ms.toFixed(1)} ms`;
  process.stdout.write(`${name}\n${row('raw', raw)}\n${row('ours', ours)}\n`);
  const ratio = (ours.rate / raw.rate).toFixed(2);
  const cpu = (raw.cpuMicroseconds / ours.cpuMicroseconds).toFixed(2);
  process.stdout.write(`  ratio ${ratio} by rate, ${cpu} by CPU\n`);
}

async function load(server: Server, work: Work, token: string, seconds: number): Promise<Sample> {
  const before = await cpuOf(server);
  const result = await autocannon(server.url, work, token, seconds);
  const cpu = (await cpuOf(server)) - before;
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`Refused or failed: ${JSON.stringify(result)}`);
  const { total } = result.requests;
  return { rate: result.requests.average, cpuMicroseconds: cpu / total, p99Ms: result.latency.p99 };
}

interface Cannon {
  readonly non2xx: number;
  readonly errors: number;
  readonly requests: { readonly average: number; readonly total: number };
  readonly latency: { readonly p99: number };
}

async function autocannon(url: string, work: Work, token: string, seconds: number): Promise<Cannon> {
  const shape = ['-m', 'POST', '-c', String(CONNECTIONS), '-d', String(seconds), '--json', '--no-progress'];
  const headers = ['-H', 'content-type=application/json', '-H', `authorization=Bearer ${token}`];
  const all = ['-c', LOAD_CORE, process.execPath, AUTOCANNON, ...shape, ...headers];
  const child = spawn('taskset', [...all, '-b', JSON.stringify(work), `${url}/graphql`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return JSON.parse(text);
}

async function open(side: Side): Promise<Server> {
  const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag && side === 'ours');
  const script = join(BUILT, 'bench', 'graphql-server.js');
  const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...flags, script, side], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ url }] = await once(child, 'message');
  return { url, process: child };
}

async function cpuOf({ process: child }: Server): Promise<number> {
  child.send('cpu');
  const [{ cpuMicroseconds }] = await once(child, 'message');
  return cpuMicroseconds;
}

async function refuseDifference(servers: Run['servers'], work: Work, token: string): Promise<void> {
  const [raw, ours] = await Promise.all([answerOf(servers.raw, work, token), answerOf(servers.ours, work, token)]);
  if (raw !== ours) throw new Error(`The answers differ:\n${raw}\n${ours}`);
}

async function answerOf(server: Server, work: Work, token: string): Promise<string> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(work),
  });
  return await response.text();
}

/** Signed by the compiled signer, as a server would. */
async function tokenOf(): Promise<string> {
  const { TokenSigner } = await import(join(BUILT, 'src', 'auth', 'tokens.js'));
  const someone = '019a0000-0000-7000-8000-000000000001';
  return new TokenSigner(BENCH_SECRET).access({
    userId: someone,
    sessionId: someone,
    username: 'me',
    roles: ['ADMIN'],
  });
}

function medianOf(samples: readonly Sample[]): Sample {
  const middle = (pick: (sample: Sample) => number) =>
    samples.map(pick).toSorted((one, other) => one - other)[Math.floor(samples.length / 2)] ?? Number.NaN;
  return {
    rate: middle(({ rate }) => rate),
    cpuMicroseconds: middle(({ cpuMicroseconds }) => cpuMicroseconds),
    p99Ms: middle(({ p99Ms }) => p99Ms),
  };
}

await main();
