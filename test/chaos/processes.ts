import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Settings } from '../helpers/installation.ts';

/** A Node program: its arguments, its environment and the file that it logs to. */
export interface Program {
  readonly args: readonly string[];
  readonly env: Settings;
  readonly logFile: string;
}

/**
 * Starts it before this returns, so that the installation cannot be closed between the call and the start. One that could not
 * be started emits `error`.
 */
export function startProgram({ args, env, logFile }: Program): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    return spawn(process.execPath, args, { env, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/** Kills it, unless it has ended or never started. */
export async function killAndWait(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
