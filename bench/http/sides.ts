import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureBuilt } from '../../test/helpers/processes.ts';
import { compiled, SERVER_CORE, serveProduction } from '../shared/production.ts';
import { type BenchServers, benchServers, copiedDatabaseUrl, freshDatabaseUrl } from '../shared/servers.ts';
import { fill } from './dataset.ts';
import { POOL } from './servers/database.ts';
import type { Group, SideName } from './workloads.ts';

/** A server under test, in a separate process. */
export interface Side {
  readonly name: SideName;
  readonly url: string;
  readonly pid: number;
  /** The servers that it writes to, if any. */
  readonly store?: BenchServers & { readonly prefix: string };
}

/** Options of Node for our own server, e.g. to profile it. */
const FLAGS = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter(Boolean);

/** Opens the sides of a group of workloads. They are closed with the resources. */
export async function openSides(
  group: Group,
  names: readonly SideName[],
  resources: AsyncDisposableStack,
): Promise<Side[]> {
  const open = { memory: openInMemory, rows: openOnRows, create: openForCreating }[group];
  return await open(names, resources);
}

async function openInMemory(names: readonly SideName[], resources: AsyncDisposableStack): Promise<Side[]> {
  const sides: Side[] = [];
  for (const name of names) {
    const args = name === 'ours' ? [...FLAGS, compiled('http/servers/ours.js')] : scriptOf(name, 'memory');
    sides.push(await openProcess(name, args, {}, resources));
  }
  return sides;
}

/** All on one database, which is read-only in this group. */
async function openOnRows(names: readonly SideName[], resources: AsyncDisposableStack): Promise<Side[]> {
  const { servers, databaseUrl } = await openFilled(resources);
  const sides: Side[] = [];
  for (const name of names) sides.push(await openOn(name, 'rows', { ...servers, databaseUrl }, resources));
  return sides;
}

/** Each on a separate database, so that none is affected by the rows of another. */
async function openForCreating(names: readonly SideName[], resources: AsyncDisposableStack): Promise<Side[]> {
  const { servers, databaseUrl: template } = await openFilled(resources);
  const sides: Side[] = [];
  for (const name of names) {
    const databaseUrl = await copiedDatabaseUrl(servers.databaseUrl, template, resources);
    sides.push(await openOn(name, 'create', { ...servers, databaseUrl }, resources));
  }
  return sides;
}

async function openFilled(resources: AsyncDisposableStack): Promise<{ servers: BenchServers; databaseUrl: string }> {
  const servers = await benchServers(resources);
  const databaseUrl = await freshDatabaseUrl(servers.databaseUrl, resources);
  await fill(databaseUrl);
  return { servers, databaseUrl };
}

async function openOn(
  name: SideName,
  group: Group,
  servers: BenchServers,
  resources: AsyncDisposableStack,
): Promise<Side> {
  const store = { ...servers, prefix: `bench-${process.pid}-${name}` };
  if (name === 'ours') return await openOurs(store, resources);
  const env = { DATABASE_URL: store.databaseUrl, REDIS_URL: store.redisUrl, QUEUE_PREFIX: store.prefix };
  return { ...(await openProcess(name, scriptOf(name, group), env, resources)), store };
}

async function openOurs(store: NonNullable<Side['store']>, resources: AsyncDisposableStack): Promise<Side> {
  await ensureBuilt();
  const { port, child } = await serveProduction({ ...store, flags: FLAGS, poolMax: POOL }, resources);
  return { name: 'ours', url: `http://127.0.0.1:${port}`, pid: pidOf(child), store };
}

function scriptOf(name: SideName, group: Group): string[] {
  const here = (file: string) => join(import.meta.dirname, file);
  if (name === 'raw') return [here('servers/raw.ts'), group];
  if (name === 'bare') return [here('servers/raw.ts'), 'bare'];
  if (name === 'postgraphile') return [here('servers/postgraphile.ts')];
  return [here('servers/peers.ts'), name, group];
}

async function openProcess(
  name: SideName,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  resources: AsyncDisposableStack,
): Promise<Side> {
  const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env, NODE_ENV: 'production' },
  });
  resources.defer(() => end(child));
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof message?.url !== 'string') throw new Error(`${name} does not start.`);
  return { name, url: message.url, pid: pidOf(child) };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('A server was not started.');
  return pid;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.disconnect();
  await once(child, 'exit');
}
