import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, processIdentity } from '../process-identity.ts';

/** The server's own data in its lock file. */
export interface Postmaster {
  pid: number;
  /** Undefined while the server has not written it yet. */
  port: number | undefined;
  status: 'starting' | 'stopping' | 'ready' | 'standby' | 'unknown';
}

const STATUSES = ['starting', 'stopping', 'ready', 'standby'] as const;

/**
 * Reads `postmaster.pid` of a cluster; returns undefined unless its process is alive and serves this very cluster.
 * Lines: 1 process, 4 port, 8 status (PostgreSQL's src/include/utils/pidfile.h).
 */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const lines = readLines(cluster);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !serves(pid, cluster)) return undefined;
  const status = STATUSES.find((known) => known === lines[7]?.trim()) ?? 'unknown';
  return { pid, port: Number(lines[3]) || undefined, status };
}

/** The port of the last server of the cluster, whether it runs or not and however it ended; 0 where there was none. */
export function lastPort(cluster: string): number {
  // The arguments of the last start, which PostgreSQL does not remove.
  return Number(/"port=(\d{1,5})"/.exec(contentOf(join(cluster, 'postmaster.opts')))?.[1] ?? 0);
}

/**
 * Prevents a lock file from blocking the next start after its process id was reused by another process. Removing the
 * file would also remove the server's own check that no orphan still has the shared memory; with our process id in it
 * the server sees its parent, which it does not treat as a rival, and still makes that check.
 */
export function removeForeignLock(cluster: string): void {
  const [first, ...rest] = readLines(cluster);
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 0 || processIdentity(pid) === undefined || serves(pid, cluster)) return;
  writeFileSync(join(cluster, 'postmaster.pid'), [process.pid, ...rest].join('\n'));
}

function serves(pid: number, cluster: string): boolean {
  return commandLine(pid).includes(` -D ${cluster} `) && processIdentity(pid) !== undefined;
}

function readLines(cluster: string): string[] {
  return contentOf(join(cluster, 'postmaster.pid')).split('\n');
}

/** Empty where there is no such file: no server has run, or it shut down cleanly. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
