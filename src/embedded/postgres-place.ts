import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root, so root runs it as `nobody`: a number that every Linux has, needing no useradd. */
const UNPRIVILEGED = 65534;
const OTHERS_MAY_ENTER = 0o001;
const POINTER = 'postgres.place';

/** Where root puts what the unprivileged server must reach when its own place is closed to it. */
export const REACHABLE_ROOT = '/var/lib/autovideo';

/** The account that initdb and postgres run as; undefined means our own. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

export function serverAccount(): ServerAccount | undefined {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : undefined;
}

/**
 * The folder that holds the cluster of this `dataDir`: `dataDir/postgres`, or, for root with a `dataDir` that the
 * unprivileged account cannot enter, a folder of its own under `reachableRoot`, named in the pointer file
 * `dataDir/postgres.place`. `docs/decisions/` says why.
 */
export function clusterHome(dataDir: string, account: ServerAccount | undefined, reachableRoot: string): string {
  mkdirSync(dataDir, { recursive: true });
  const real = realpathSync(dataDir);
  const known = readPointer(join(real, POINTER));
  if (known !== undefined) return known;
  const own = join(real, 'postgres');
  if (account === undefined || canReach(real)) return makeHome(own);
  mkdirSync(reachableRoot, { recursive: true });
  chmodSync(reachableRoot, 0o755);
  const elsewhere = makeHome(join(reachableRoot, randomBytes(8).toString('hex')));
  writeFileSync(join(elsewhere, 'data-dir.txt'), `${real}\n`, { mode: 0o600 });
  writeFileSync(join(real, POINTER), `${elsewhere}\n`, { mode: 0o600 });
  return elsewhere;
}

/** Whether an account with no rights of its own can go through every folder down to `path`. */
export function canReach(path: string): boolean {
  if ((statSync(path).mode & OTHERS_MAY_ENTER) === 0) return false;
  const parent = dirname(path);
  return parent === path || canReach(parent);
}

/** Others may go through but not look around; the cluster inside belongs to the server's account alone. */
function makeHome(home: string): string {
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o711); // not left to mkdir, which heeds the umask
  return home;
}

function readPointer(file: string): string | undefined {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  const place = readFileSync(file, 'utf8').trim();
  return place === '' ? undefined : place;
}
