import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, sendSignal } from './detached-child.ts';
import { tryLock, withLock } from './start-lock.ts';
import { addUsageMarker, type UsageMarker } from './usage-marker.ts';

const DELETED_HOME_STOP_TIMEOUT_MS = 5_000;

/** The operations to join, start and stop one kind of server. */
export interface ServerKind {
  /** The folder that identifies the server and is shared by its users; one server for each folder. */
  home: string;
  /** The process id of this home's server, if it runs. */
  pid(): number | undefined;
  /** The address of the healthy server of this home, if one runs; cleans up a broken or dead one. */
  find(signal: AbortSignal | undefined): Promise<string | undefined>;
  /** Starts the server and returns its address once it accepts connections. */
  start(signal: AbortSignal | undefined): Promise<string>;
  /** Shuts the server down cleanly, if it runs, and waits for its end. */
  stop(): Promise<void>;
  /** The signal for a clean shutdown, for the moment when this process cannot wait any more. */
  stopSignal: NodeJS.Signals;
}

/** A server in use; `close()` releases it and may be called twice. */
export interface EmbeddedServer {
  url: string;
  /** Whether it did not run before. */
  isStarted: boolean;
  close(): Promise<void>;
}

/**
 * Joins the server of this home, or starts it. Any number of processes may use one server; the last user stops it,
 * whichever process started it. A killed process stops nothing, and the next start finds its server and takes it over.
 */
export async function useSharedServer(kind: ServerKind, signal?: AbortSignal): Promise<EmbeddedServer> {
  mkdirSync(kind.home, { recursive: true });
  const lock = join(kind.home, 'start.lock');
  return withLock(lock, signal, async () => {
    const found = await kind.find(signal);
    const url = found ?? (await kind.start(signal));
    return { url, isStarted: found === undefined, close: openHandle(kind, lock) };
  });
}

/** Marks the server as used; returns what releases it. */
function openHandle(kind: ServerKind, lock: string): () => Promise<void> {
  const marker = addUsageMarker(join(kind.home, 'users'));
  const pid = kind.pid();
  const onExit = () => stopWithoutWaiting(kind, marker, lock, pid);
  process.once('exit', onExit);
  let closing: Promise<void> | undefined;
  const close = async () => {
    // The data of a running server was deleted: its files, which identify it, and the marks of other users are gone as
    // well.
    if (!existsSync(kind.home)) await endProcess(pid, [kind.stopSignal, 'SIGKILL'], DELETED_HOME_STOP_TIMEOUT_MS);
    else await withLock(lock, undefined, () => release(kind, marker));
    process.off('exit', onExit);
  };
  return () => {
    closing ??= close();
    return closing;
  };
}

async function release(kind: ServerKind, marker: UsageMarker): Promise<void> {
  marker.release();
  if (!marker.hasOthers()) await kind.stop();
}

/**
 * For process.exit() without close(): this process can no longer wait, but the server should not outlive it. If the
 * lock is taken, another process is just joining and will stop the server as its last user.
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
