import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/embedded/free-port.ts';
import type { BenchServers } from './servers.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** A file of bench/ as JavaScript: decorators have to be compiled. BENCH_BUILD names a folder where that was done before. */
export function compiled(file: string): string {
  const { BENCH_BUILD } = process.env;
  const folder = BENCH_BUILD ?? join(ROOT, '.build');
  if (!BENCH_BUILD)
    execFileSync('npx', ['tsc', '--noCheck', '--noEmit', 'false', '--outDir', folder], { cwd: ROOT, stdio: 'inherit' });
  return join(folder, 'bench', file);
}

/** Where servers run; the load has the other core. */
export const SERVER_CORE = '0';
export const LOAD_CORE = '1';
export const ANY_CORE = '0,1';

/** This process, all its threads. Children that were started before stay where they are. */
export function pinTo(core: string): void {
  execFileSync('taskset', ['-acp', core, String(process.pid)], { stdio: 'ignore' });
}

/** Signs the tokens of the benches, which nothing else accepts. */
export const BENCH_SECRET = 'a secret that only the benches use, for their tokens';

export interface ProductionOptions extends BenchServers {
  readonly prefix: string;
  /** Options of Node. */
  readonly flags: readonly string[];
  /** Maximum number of connections to PostgreSQL; by default that of `autovideo` itself. */
  readonly poolMax?: number;
  /** Settings that replace those of the benches. */
  readonly settings?: Readonly<Record<string, string>>;
}

const READY_MS = 30_000;

/** `autovideo serve` from dist/, with production settings, on a separate core; ended with the resources. */
export async function serveProduction(
  options: ProductionOptions,
  resources: AsyncDisposableStack,
): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort();
  const args = ['-c', SERVER_CORE, process.execPath, ...options.flags, 'dist/main.js', 'serve'];
  const child = spawn('taskset', args, {
    cwd: ROOT,
    env: environment(options, port),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  resources.defer(() => end(child));
  for (const until = Date.now() + READY_MS; !(await isReady(port)); await sleep(50))
    if (Date.now() > until || child.exitCode !== null || child.signalCode !== null)
      throw new Error('The API does not start.');
  return { port, child };
}

function environment(options: ProductionOptions, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    PORT: String(port),
    DATA_DIR: options.dataDir,
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    QUEUE_PREFIX: options.prefix,
    JWT_SECRET: BENCH_SECRET,
    LINK_SECRET: BENCH_SECRET,
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    ADMIN_PASSWORD: 'a quiet bench in a park',
    STOP_DELAY_SECONDS: '0',
    // All clients of a bench have one address.
    SOCKETS_PER_USER: '1000000',
    SOCKETS_PER_NETWORK: '1000000',
    NEW_SOCKETS_PER_NETWORK: '1000000',
    SUBSCRIPTIONS_PER_USER: '1000000',
    SUBSCRIPTIONS_PER_NETWORK: '1000000',
    CONNECTIONS_PER_NETWORK: '1000000',
    // One user asks more than a thousand.
    GRAPHQL_COST_LIMIT: '1000000000',
    GRAPHQL_COST_PER_SECOND: '1000000000',
    ...(options.poolMax === undefined ? {} : { DATABASE_POOL_MAX: String(options.poolMax) }),
    ...options.settings,
  };
}

async function isReady(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false, // not listening yet
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
