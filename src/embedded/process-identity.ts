import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { childEnvironment } from '../child-environment.ts';

/** A short name that no other process or call picks: our process number and 48 random bits. */
export function uniqueName(): string {
  return `${process.pid}-${randomBytes(6).toString('hex')}`;
}

/**
 * Distinguishes a process from a later one with the same id: its start time, in the system's own notation. Undefined if
 * there is no such process, or it is defunct (in a container without an init it stays so until the container ends). Linux:
 * proc_pid_stat(5), fields 3 and 22; elsewhere `ps`.
 */
export function processIdentity(pid: number): string | undefined {
  const [state, started] = process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  return state === undefined || state.startsWith('Z') ? undefined : started;
}

/** The command line of a process with spaces between its arguments; empty if it cannot be read. */
export function commandLine(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command=');
  return (readIfThere(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
}

function fromProc(pid: number): [string | undefined, string | undefined] {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The name in parentheses may contain spaces and parentheses, so fields are counted from the last parenthesis.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return [fields[0], fields[19]];
}

function fromPs(pid: number): [string | undefined, string | undefined] {
  const [state, ...started] = ps(pid, 'state=,lstart=').split(/\s+/);
  return [state === '' ? undefined : state, started.join(' ')];
}

function ps(pid: number, columns: string): string {
  try {
    const options = { encoding: 'utf8', stdio: 'pipe', env: childEnvironment() } as const;
    return execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], options).trim();
  } catch {
    return ''; // ps exits with 1 if there is no such process
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // it ended between two reads, which means that it is gone
  }
}
