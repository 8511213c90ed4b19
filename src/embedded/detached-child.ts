import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../child-environment.ts';
import { AppError } from '../errors.ts';
import { processIdentity } from './process-identity.ts';

const CHECK_INTERVAL_MS = 15;

/** Checks until `check` finds something; undefined when `timeoutMs` have passed. Throws CANCELED when `signal` aborts. */
export async function waitUntil<T>(
  check: () => Promise<T | undefined> | T | undefined,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (signal?.aborted) throw new AppError('CANCELED', 'Starting was cancelled.', { cause: signal.reason });
    const found = await check();
    if (found !== undefined || Date.now() > deadline) return found;
    await sleep(CHECK_INTERVAL_MS);
  }
}

const MAX_LOG_BYTES = 4 * 1024 * 1024;
const POLL_INTERVAL_MS = 10;

export interface DetachedOptions {
  logFile: string;
  cwd: string;
  /** Environment variables in addition to those that every program gets. */
  variables?: Readonly<Record<string, string>>;
  uid?: number;
  gid?: number;
}

/** A detached server process: `ended()` returns a sentence once it has exited, or if it never started. */
export interface DetachedChild {
  pid: number | undefined;
  ended(): string | undefined;
}

/**
 * Starts a server in its own session, so that Ctrl-C in the terminal does not reach it before this program shuts it
 * down in order, and with its output in a file, so that it does not die of a broken pipe when this program dies.
 */
export function startDetached(command: string, args: readonly string[], options: DetachedOptions): DetachedChild {
  const { logFile, variables, ...rest } = options;
  const log = openSync(logFile, isLong(logFile) ? 'w' : 'a', 0o600);
  let ended: string | undefined;
  try {
    const child = spawn(command, args, {
      ...rest,
      env: childEnvironment(variables),
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.once('error', (error) => {
      ended = error.message;
    });
    child.once('exit', (code, signal) => {
      ended = `ended with ${signal ?? code}`;
    });
    child.unref();
    return { pid: child.pid, ended: () => ended };
  } finally {
    closeSync(log);
  }
}

/** Sends `signals` to a process one after the other, waiting `timeoutMs` after each; true when it has ended. */
export async function endProcess(
  pid: number | undefined,
  signals: readonly NodeJS.Signals[],
  timeoutMs: number,
): Promise<boolean> {
  const identity = pid === undefined ? undefined : processIdentity(pid);
  if (pid === undefined || identity === undefined) return true;
  const hasEnded = () => processIdentity(pid) !== identity;
  for (const signal of signals) {
    sendSignal(pid, signal);
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline && !hasEnded(); ) await sleep(POLL_INTERVAL_MS);
    if (hasEnded()) return true;
  }
  return false;
}

/** Sends a signal to a process if it exists. */
export function sendSignal(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the check and the signal, which is the desired result.
  }
}

function isLong(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES;
}
