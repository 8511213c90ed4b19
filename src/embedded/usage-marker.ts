import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity, uniqueName } from './process-identity.ts';

export interface UsageMarker {
  release(): void;
  hasOthers(): boolean;
}

/**
 * Who uses a server that we started beside us: one small file for each use, named after its process and holding the
 * moment that process started, so that the files of the dead are recognised. Call under the start lock.
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

function isInUse(folder: string, name: string): boolean {
  const identity = processIdentity(Number.parseInt(name, 10));
  const alive = identity !== undefined && identity === readOrEmpty(join(folder, name));
  if (!alive) rmSync(join(folder, name), { force: true });
  return alive;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // its process has just left
  }
}
