import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../../child-environment.ts';
import { lowerEncoderPriority } from '../../process-priority.ts';

/** Time for a group to end by itself after SIGTERM. */
const GRACE_MS = 2_000;

/**
 * For glibc: keeps freed blocks of up to 32 MB, its maximum, instead of returning each to the system. FFmpeg allocates frames
 * all the time, and a clip with overlays takes a third less processor time with it, and no more memory.
 */
const ALLOCATION = { MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024) };

export interface ChildGroupOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  readonly onStdout?: (line: string) => void;
  readonly onStderr?: (line: string) => void;
}

export interface ChildExit {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
}

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
