import { setPriority } from 'node:os';

/**
 * Above 0 a process yields to others (nice(1), 0 to 19). FFmpeg takes every core for minutes; answers of the API, heartbeats and
 * the database need one for milliseconds. At 5 it still gets a third of what another busy program on the machine gets; at 10, a tenth.
 */
const ENCODING = 8;
/** Writing, drawing and speaking come before FFmpeg, which waits for their results, and after the thread that answers requests. */
const BUILT_IN_WORK = 5;

/**
 * Lowers the priority of a process slightly, right after its start: threads that it has started already keep theirs. Where the system
 * does not allow it, the process keeps its priority, which only costs answers some milliseconds.
 */
export function lowerProcessPriority(pid: number): void {
  ignoringFailure(() => setPriority(pid, BUILT_IN_WORK));
}

/** The same for a program that uses whole cores for seconds. */
export function lowerEncoderPriority(pid: number): void {
  ignoringFailure(() => setPriority(pid, ENCODING));
}

/** The calling thread alone; only Linux has priorities for threads (setpriority(2), "C library/kernel differences"). */
export function lowerThreadPriority(): void {
  if (process.platform === 'linux') ignoringFailure(() => setPriority(BUILT_IN_WORK));
}

function ignoringFailure(change: () => void): void {
  try {
    change();
  } catch {
    // The process has ended already, or the system knows or allows no priorities.
  }
}
