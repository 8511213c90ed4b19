import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { processIdentity, uniqueName } from './process-identity.ts';

const POLL_INTERVAL_MS = 50;

/**
 * Runs `work` while no other process holds the lock `file`, and lets go of it afterwards. A lock whose holder died is
 * taken over. Waits as long as the holder lives; `signal` ends the waiting with CANCELED.
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

/** Takes the lock if nobody alive has it; true when it is ours now, and then `rmSync(file)` gives it back. */
export function tryLock(file: string): boolean {
  if (createLock(file)) return true;
  const holder = readHolder(file);
  if (holder !== undefined && isAlive(holder)) return false;
  return holder !== undefined && removeStale(file, holder) && createLock(file);
}

/** A link appears whole or not at all: nobody ever reads a lock that has no holder in it yet. */
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

/** Two who find the same dead holder must not remove each other's new lock: who moved a living one puts it back. */
function removeStale(file: string, holder: string): boolean {
  const moved = `${file}.${uniqueName()}`;
  try {
    renameSync(file, moved);
  } catch {
    return false; // somebody else was faster
  }
  const stale = readHolder(moved) === holder;
  if (!stale) {
    try {
      linkSync(moved, file);
    } catch {
      // A third process has the lock already; the one whose lock we moved finds out no worse than by waiting.
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
