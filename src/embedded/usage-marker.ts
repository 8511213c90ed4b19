import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity, uniqueName } from './process-identity.ts';

export interface UsageMarker {
  release(): void;
  hasOthers(): boolean;
}

/**
 * Marks the users of an embedded server: one small file for each use, named after its process and containing the start
 * time of that process, so that files of dead processes are recognised. Call it under the start lock.
 */
export function addUsageMarker(folder: string): UsageMarker {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = uniqueName();
  writeFileSync(join(folder, own), processIdentity(process.pid) ?? '', { mode: 0o600 });
  return {
    release: () => rmSync(join(folder, own), { force: true }),
    hasOthers: () => readdirSync(folder).some((name) => name !== own && isInUse(folder, name)),
  };
}

/** The ids of the running processes that use the server. Removes nothing. */
export function usersIn(folder: string): number[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const pids = names.filter((name) => isAlive(folder, name)).map((name) => Number.parseInt(name, 10));
  return [...new Set(pids)].sort((one, other) => one - other);
}

function isInUse(folder: string, name: string): boolean {
  const alive = isAlive(folder, name);
  if (!alive) rmSync(join(folder, name), { force: true });
  return alive;
}

function isAlive(folder: string, name: string): boolean {
  const identity = processIdentity(Number.parseInt(name, 10));
  return identity !== undefined && identity === readOrEmpty(join(folder, name));
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // its process has just removed it
  }
}
