// Two terminals may start the set-up at once: the second waits for the first, and then has nothing to do.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_INTERVAL_MS = 200;

/**
 * A lock in `folder` that is taken when first needed (`hold`), and released by `release` or by the death of this
 * process.
 */
export function takeLock(folder, report) {
  const file = join(folder, 'bootstrap.lock');
  let held;
  async function wait() {
    mkdirSync(folder, { recursive: true });
    for (let reported = false; !tryLock(file); reported = true) {
      if (!reported) report.say(`set-up: waiting for another set-up (process ${holderOf(file)?.split(' ')[0] ?? '?'})`);
      await sleep(POLL_INTERVAL_MS);
    }
  }
  return {
    hold: () => (held ??= wait()),
    release: () => {
      if (held !== undefined) rmSync(file, { force: true });
    },
  };
}

function tryLock(file) {
  if (createLock(file)) return true;
  const holder = holderOf(file);
  if (holder === undefined) return false;
  const [pid, started] = holder.split(' ');
  if (isAlive(Number(pid)) && startOf(Number(pid)) === started) return false;
  return removeStale(file, holder) && createLock(file);
}

/** A link is created atomically: no process ever reads a lock without a holder. */
function createLock(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid)}`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Two processes that find the same dead holder must not remove each other's new lock: a process that moved a live one
 * restores it.
 */
function removeStale(file, holder) {
  const moved = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, moved);
    const stale = holderOf(moved) === holder;
    if (!stale) linkSync(moved, file);
    return stale;
  } catch {
    return false; // another process was faster
  } finally {
    rmSync(moved, { force: true });
  }
}

function holderOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The start time distinguishes a process from a later one with the same id; proc_pid_stat(5), field 22. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '-'; // no /proc on this system, or no such process
  }
}
