import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../../child-environment.ts';
import { lowerEncoderPriority } from '../../process-priority.ts';

/** Time for a group to end by itself after SIGTERM. */
const GRACE_MS = 2_000;

const MB = 1024 * 1024;

/**
 * For glibc, whose other settings cost a clip with overlays half as much processor time again (docs/performance.md): FFmpeg
 * allocates frames all the time. Freed blocks of up to 32 MB, the maximum, are kept instead of returned to the system; all
 * threads share one arena, which grows by 4 MB at a time and asks for huge pages. Other C libraries ignore these variables.
 */
const ALLOCATION = {
  MALLOC_MMAP_THRESHOLD_: String(32 * MB),
  MALLOC_TOP_PAD_: String(4 * MB),
  MALLOC_ARENA_MAX: '1',
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
};

export interface ChildGroupOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  readonly onStdout?: (line: string) => void;
  readonly onStderr?: (line: string) => void;
}

export interface ChildExit {
  readonly code: number | null;
  /** The name of a signal. */
  readonly killedBy: string | null;
}

/** Runs a program to its end: `runChildGroup`, or the same from another process. */
export type RunChild = (program: string, args: readonly string[], options: ChildGroupOptions) => Promise<ChildExit>;

/**
 * Runs a program in its own process group and waits until it has ended and all its output was read. When the signal
 * aborts, only that group gets SIGTERM, and SIGKILL two seconds later. Rejects only where the program cannot be
 * started.
 */
export function runChildGroup(
  program: string,
  args: readonly string[],
  options: ChildGroupOptions,
): Promise<ChildExit> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment(ALLOCATION),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    if (child.pid !== undefined) lowerEncoderPriority(child.pid);
    const stopWatching = endOnAbort(child.pid, options.signal);
    createInterface({ input: child.stdout }).on('line', options.onStdout ?? ignore);
    createInterface({ input: child.stderr }).on('line', options.onStderr ?? ignore);
    child.once('error', (error) => {
      stopWatching();
      reject(error);
    });
    child.once('close', (code, killedBy) => {
      stopWatching();
      resolve({ code, killedBy });
    });
  });
}

/**
 * Returns a function that stops the watching; call it when the child has ended, so that no later process with its id is
 * signalled.
 */
function endOnAbort(pid: number | undefined, signal: AbortSignal): () => void {
  if (pid === undefined) return ignore;
  let killTimer: NodeJS.Timeout | undefined;
  const end = (): void => {
    signalGroup(pid, 'SIGTERM');
    killTimer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return () => {
    signal.removeEventListener('abort', end);
    clearTimeout(killTimer);
  };
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    // The group may have ended between the abort and this call.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function ignore(): void {}
