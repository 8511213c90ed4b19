import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { endProcess, startDetached, waitUntil } from '../detached-child.ts';
import { freePort } from '../free-port.ts';
import { type EmbeddedServer, type ServerKind, useSharedServer } from '../shared-server.ts';
import { clusterHome, REACHABLE_ROOT, serverAccount } from './cluster-home.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import {
  type ClusterLocation,
  clusterFolder,
  DATABASE,
  ensureCluster,
  SERVER_VARIABLES,
  SUPERUSER,
} from './postgres-cluster.ts';
import { answersPostgres } from './postgres-probe.ts';
import { ensureRole } from './postgres-role.ts';
import { ROLE } from './postgres-role-sql.ts';
import { lastPort, readPostmaster, removeForeignLock } from './postmaster-pid.ts';

/** Recovery after a crash replays at most max_wal_size of log, which takes seconds; a loaded laptop takes longer. */
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
/** A server that does not answer will rarely shut down cleanly; its committed data is safe in its log. */
const BROKEN_STOP_TIMEOUT_MS = 2_000;
const ATTEMPTS = 3;
/** The children of a killed server need a moment to exit, and block a new server until then. */
const RETRY_DELAY_MS = 500;

export interface EmbeddedPostgresOptions {
  /** The data folder (`DATA_DIR`); created if missing. */
  dataDir: string;
  /** Called with a sentence about each slow step or notable event. */
  onMessage?: (sentence: string) => void;
  /** Aborts the waiting with CANCELED. */
  signal?: AbortSignal;
  /** Where root puts the files that the server's unprivileged account must reach; only tests set another. */
  reachableRoot?: string;
}

/**
 * A real PostgreSQL 18 on a free port of 127.0.0.1, with an empty database `autovideo` at the first start and the data
 * of the last run afterwards. Joins a server that already runs for this `dataDir`. Throws AppError
 * DATABASE_CONNECTION_FAILED with advice, or CANCELED.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedServer> {
  const account = serverAccount();
  const reachableRoot = options.reachableRoot ?? REACHABLE_ROOT;
  const home = clusterHome(options.dataDir, account, reachableRoot);
  const binaries = postgresBinaries(account, account === undefined ? home : reachableRoot);
  return useSharedServer(
    postgresKind({ home, account, binaries }, options.onMessage ?? (() => undefined)),
    options.signal,
  );
}

function postgresKind(location: ClusterLocation, report: (sentence: string) => void): ServerKind {
  const cluster = clusterFolder(location.home);
  return {
    home: location.home,
    stopSignal: 'SIGINT',
    pid: () => readPostmaster(cluster)?.pid,
    find: (signal) => findServer(location, report, signal),
    start: (signal) => startServer(location, report, signal),
    stop: () => stopServer(cluster),
  };
}

async function findServer(
  location: ClusterLocation,
  report: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const cluster = clusterFolder(location.home);
  const settled = () => {
    const found = readPostmaster(cluster);
    return found?.status === 'starting' || found?.status === 'stopping' || found?.status === 'unknown'
      ? undefined
      : { found };
  };
  const port = (await waitUntil(settled, READY_TIMEOUT_MS, signal))?.found?.port;
  if (port !== undefined && (await answersPostgres(port))) return await roleAddress(location, port, signal);
  const broken = readPostmaster(cluster);
  if (broken === undefined) return undefined;
  report('The embedded PostgreSQL of an earlier run does not answer; stopping it.');
  await endProcess(broken.pid, ['SIGQUIT', 'SIGKILL'], BROKEN_STOP_TIMEOUT_MS);
  return undefined;
}

async function startServer(
  location: ClusterLocation,
  report: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const cluster = clusterFolder(location.home);
  await ensureCluster(location, signal);
  removeForeignLock(cluster);
  // Running processes whose server was killed or stopped find the new one only where the old one was.
  const last = lastPort(cluster);
  let lastReason = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const port = await freePort(last);
    lastReason = await startOn(location, port, signal);
    if (lastReason === '') return await stopOnFailure(cluster, roleAddress(location, port, signal));
    report(`The embedded PostgreSQL did not start (attempt ${attempt} of ${ATTEMPTS}): ${lastReason}.`);
    await sleep(RETRY_DELAY_MS);
  }
  const sentence =
    'The embedded PostgreSQL did not start; see the end of its postgres.log. To use another server, set DATABASE_URL.';
  throw new AppError('DATABASE_CONNECTION_FAILED', sentence, {
    cause: new Error(`${lastReason}; see ${location.home}`),
  });
}

/** Empty when the server is ready on this port, else the reason for the failure. */
async function startOn(location: ClusterLocation, port: number, signal: AbortSignal | undefined): Promise<string> {
  const cluster = clusterFolder(location.home);
  const child = startDetached(location.binaries.postgres, ['-D', cluster, ...settings(port)], {
    logFile: join(location.home, 'postgres.log'),
    cwd: '/',
    variables: SERVER_VARIABLES,
    ...location.account,
  });
  const check = () => child.ended() ?? (isReady(cluster, child.pid) ? '' : undefined);
  try {
    const outcome = await waitUntil(check, READY_TIMEOUT_MS, signal);
    if (outcome !== undefined) return outcome;
  } catch (error) {
    await stopServer(cluster, child.pid);
    throw error;
  }
  await stopServer(cluster, child.pid);
  return `it was not ready after ${READY_TIMEOUT_MS / 1000} s`;
}

function isReady(cluster: string, pid: number | undefined): boolean {
  const server = readPostmaster(cluster);
  return server?.pid === pid && server?.status === 'ready';
}

/** SIGINT is the fast shutdown: it ends sessions and writes out the log. SIGQUIT leaves recovery to the next start. */
async function stopServer(cluster: string, pid = readPostmaster(cluster)?.pid): Promise<void> {
  if (await endProcess(pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'], STOP_TIMEOUT_MS)) return;
  throw new AppError('DATABASE_CONNECTION_FAILED', `PostgreSQL (process ${pid}) does not stop; stop it manually.`);
}

function settings(port: number): string[] {
  return Object.entries({
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_preload_libraries: 'pg_stat_statements',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Modest settings for one machine that also makes videos; fsync stays on, because this database is the source of
    // truth.
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    log_checkpoints: 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Stops the server if the rest of the start fails. */
async function stopOnFailure<T>(cluster: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    await stopServer(cluster);
    throw thrown;
  }
}

/** The URL for the program: it connects as a role without superuser rights, which is created if missing. */
async function roleAddress(location: ClusterLocation, port: number, signal?: AbortSignal): Promise<string> {
  const superuserUrl = address(port, SUPERUSER, await ensureCluster(location, signal));
  return address(port, ROLE, await ensureRole(location.home, superuserUrl));
}

function address(port: number, user: string, password: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${DATABASE}`;
}
