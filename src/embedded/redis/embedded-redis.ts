import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { restrictDataDir, restrictFolder } from '../../folder-permissions.ts';
import { endProcess, startDetached, waitUntil } from '../detached-child.ts';
import { freePort } from '../free-port.ts';
import { commandLine, processIdentity } from '../process-identity.ts';
import { type EmbeddedServer, type ServerKind, useSharedServer } from '../shared-server.ts';
import { type RedisAccess, readRedisConfig, redisConfigFile, writeRedisConfig } from './redis-config.ts';
import { answersPing } from './redis-probe.ts';

/** Loading a long append-only file takes about a second for each few hundred megabytes. */
const READY_TIMEOUT_MS = 60_000;
const TAKEOVER_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 20_000;
const BROKEN_STOP_TIMEOUT_MS = 2_000;
const ATTEMPTS = 3;

export interface EmbeddedRedisOptions {
  /** The data folder (`DATA_DIR`); created if missing. Redis uses only its subfolder `redis/`. */
  dataDir: string;
  /** Called with a sentence about each slow step or notable event. */
  onMessage?: (sentence: string) => void;
  /** Aborts the waiting with CANCELED. */
  signal?: AbortSignal;
  /** The program to run; the system's `redis-server` by default. */
  program?: string;
}

/**
 * The system's redis-server on a port of 127.0.0.1, the last one where it is free, with a password and its append-only file under `dataDir`.
 * Joins a server that already runs for this `dataDir`. Throws AppError REDIS_CONNECTION_FAILED with advice, or
 * CANCELED.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedServer> {
  restrictDataDir(options.dataDir);
  restrictFolder(join(options.dataDir, 'redis'));
  const home = realpathSync(join(options.dataDir, 'redis'));
  const report = options.onMessage ?? (() => undefined);
  const kind: ServerKind = {
    home,
    stopSignal: 'SIGTERM',
    pid: () => serverPid(home),
    find: (signal) => findServer(home, report, signal),
    start: (signal) => startServer(home, options.program ?? 'redis-server', report, signal),
    stop: () => stopServer(home),
  };
  return useSharedServer(kind, options.signal);
}

async function findServer(
  home: string,
  report: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const access = readRedisConfig(home);
  if (access === undefined) return undefined;
  const check = async () => {
    if (await answersPing(access)) return address(access);
    return serverPid(home) === undefined ? '' : undefined;
  };
  const found = await waitUntil(check, TAKEOVER_TIMEOUT_MS, signal);
  if (found !== undefined) return found === '' ? undefined : found;
  report('The embedded Redis of an earlier run does not answer; stopping it.');
  await endProcess(serverPid(home), ['SIGTERM', 'SIGKILL'], BROKEN_STOP_TIMEOUT_MS);
  return undefined;
}

async function startServer(
  home: string,
  program: string,
  report: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  let lastReason = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // Processes that still use a server which was killed or stopped find the new one only where the old one was.
    const last = attempt === 1 ? readRedisConfig(home)?.port : undefined;
    const access = writeRedisConfig(home, await freePort(last));
    lastReason = await startOn(home, program, access, signal);
    if (lastReason === '') return address(access);
    if (lastReason.includes('ENOENT')) throw notInstalled();
    report(`The embedded Redis did not start (attempt ${attempt} of ${ATTEMPTS}): ${lastReason}.`);
  }
  const sentence =
    'The embedded Redis did not start; see the end of redis/redis.log in DATA_DIR. To use another server, set REDIS_URL.';
  throw new AppError('REDIS_CONNECTION_FAILED', sentence, { cause: new Error(lastReason) });
}

/** Empty when the server is ready, else the reason for the failure. */
async function startOn(home: string, program: string, access: RedisAccess, signal?: AbortSignal): Promise<string> {
  const child = startDetached(program, [redisConfigFile(home)], { logFile: join(home, 'redis.log'), cwd: home });
  const check = async () => child.ended() ?? ((await answersPing(access)) ? '' : undefined);
  try {
    const outcome = await waitUntil(check, READY_TIMEOUT_MS, signal);
    if (outcome !== undefined) return outcome;
  } catch (error) {
    await stopServer(home, child.pid);
    throw error;
  }
  await stopServer(home, child.pid);
  return `it was not ready after ${READY_TIMEOUT_MS / 1000} s`;
}

/** SIGTERM makes Redis write out its append-only file before it exits. */
async function stopServer(home: string, pid = serverPid(home)): Promise<void> {
  if (await endProcess(pid, ['SIGTERM', 'SIGKILL'], STOP_TIMEOUT_MS)) return;
  throw new AppError('REDIS_CONNECTION_FAILED', `Redis (process ${pid}) does not stop; stop it manually.`);
}

/** The process id in the pid file, if that process is a server of this very folder: the file outlives a crash. */
function serverPid(home: string): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(join(home, 'redis.pid'), 'utf8').trim());
  } catch {
    return undefined;
  }
  const ours = Number.isInteger(pid) && pid > 0 && commandLine(pid).includes(redisConfigFile(home));
  return ours && processIdentity(pid) !== undefined ? pid : undefined;
}

function notInstalled(): AppError {
  const sentence = 'redis-server is not installed: run "node scripts/bootstrap.mjs", or set REDIS_URL.';
  return new AppError('REDIS_CONNECTION_FAILED', sentence);
}

function address({ port, password }: RedisAccess): string {
  return `redis://:${password}@127.0.0.1:${port}/0`;
}
