import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { processIdentity, uniqueName } from './process-identity.ts';

const POLL_INTERVAL_MS = 50;

/**
 * Runs `work` while no other process holds the lock `file`, and releases it afterwards. A lock whose holder died is
 * taken over. Waits as long as the holder lives; `signal` aborts the wait with CANCELED.
 */
export async function withLock<T>(file: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  while (!tryLock(file)) {
    await sleep(POLL_INTERVAL_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    if (signal?.aborted) throw new AppError('CANCELED', 'Starting was cancelled.', { cause: signal.reason });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Takes the lock unless a live process has it; true when this process holds it, and then `rmSync(file)` releases it.
 */
export function tryLock(file: string): boolean {
  if (createLock(file)) return true;
  const holder = readHolder(file);
  if (holder !== undefined && isAlive(holder)) return false;
  return holder !== undefined && removeStale(file, holder) && createLock(file);
}

/** A link is created atomically: no process ever reads a lock without a holder. */
function createLock(file: string): boolean {
  const draft = `${file}.${uniqueName()}`;
  writeFileSync(draft, `${process.pid} ${processIdentity(process.pid) ?? ''}`, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Two processes that find the same dead holder must not remove each other's new lock: a process that moved a live one
 * restores it.
 */
function removeStale(file: string, holder: string): boolean {
  const moved = `${file}.${uniqueName()}`;
  try {
    renameSync(file, moved);
  } catch {
    return false; // another process was faster
  }
  const stale = readHolder(moved) === holder;
  if (!stale) {
    try {
      linkSync(moved, file);
    } catch {
      // A third process has the lock already; the process whose lock was moved finds this out at its next check, as if
      // it had waited.
    }
  }
  rmSync(moved, { force: true });
  return stale;
}

function isAlive(holder: string): boolean {
  const blank = holder.indexOf(' ');
  return processIdentity(Number(holder.slice(0, blank))) === holder.slice(blank + 1);
}

function readHolder(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
