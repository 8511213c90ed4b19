import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, sendSignal } from './detached-child.ts';
import { tryLock, withLock } from './start-lock.ts';
import { addUsageMarker, type UsageMarker } from './usage-marker.ts';

const DELETED_HOME_STOP_TIMEOUT_MS = 5_000;

/** What joining, starting and stopping mean for one kind of server. */
export interface ServerKind {
  /** The folder that the server's processes share; one server for each. */
  home: string;
  /** The process number of this home's server, if it runs. */
  pid(): number | undefined;
  /** The address of the healthy server of this home if one runs; cleans up after one that is broken or dead. */
  find(signal: AbortSignal | undefined): Promise<string | undefined>;
  /** Starts the server and gives its address once it takes connections. */
  start(signal: AbortSignal | undefined): Promise<string>;
  /** Ends the server in order, if it runs, and waits for it. */
  stop(): Promise<void>;
  /** The signal that asks the server to end in order, for the moment when we cannot wait any more. */
  stopSignal: NodeJS.Signals;
}

/** A server in use; `close()` gives it back and may be called twice. */
export interface EmbeddedServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Joins the server of this home, or starts it. Any number of processes may use one server; whoever leaves last stops
 * it, whoever started it. So a killed process stops nothing, and the next start finds its server and takes it over.
 */
export async function useSharedServer(kind: ServerKind, signal?: AbortSignal): Promise<EmbeddedServer> {
  mkdirSync(kind.home, { recursive: true });
  const lock = join(kind.home, 'start.lock');
  return withLock(lock, signal, async () => {
    const url = (await kind.find(signal)) ?? (await kind.start(signal));
    return openHandle(kind, url, lock);
  });
}

function openHandle(kind: ServerKind, url: string, lock: string): EmbeddedServer {
  const marker = addUsageMarker(join(kind.home, 'users'));
  const pid = kind.pid();
  const onExit = () => stopWithoutWaiting(kind, marker, lock, pid);
  process.once('exit', onExit);
  let closing: Promise<void> | undefined;
  const close = async () => {
    // Somebody deleted the data of a running server: with its files went the way to find it, and any other user's mark.
    if (!existsSync(kind.home)) await endProcess(pid, [kind.stopSignal, 'SIGKILL'], DELETED_HOME_STOP_TIMEOUT_MS);
    else await withLock(lock, undefined, () => release(kind, marker));
    process.off('exit', onExit);
  };
  return {
    url,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function release(kind: ServerKind, marker: UsageMarker): Promise<void> {
  marker.release();
  if (!marker.hasOthers()) await kind.stop();
}

/**
 * For process.exit() without close(): nothing can be waited for any more, but the server need not outlive us. Where the
 * lock is taken somebody is just joining, and will be the last one to leave.
 */
function stopWithoutWaiting(kind: ServerKind, marker: UsageMarker, lock: string, startedAs: number | undefined): void {
  if (!existsSync(kind.home)) {
    sendSignal(startedAs, kind.stopSignal);
    return;
  }
  marker.release();
  if (!tryLock(lock)) return;
  if (!marker.hasOthers()) sendSignal(kind.pid(), kind.stopSignal);
  rmSync(lock, { force: true });
}
