import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { restrictDataDir } from '../../folder-permissions.ts';
import { readPostmaster } from './postmaster-pid.ts';

/** PostgreSQL refuses to run as root, so root runs it as `nobody`: a user id that every Linux has, without useradd. */
const UNPRIVILEGED = 65534;
const OTHERS_EXECUTE = 0o001;
const POINTER_FILE = 'postgres.place';
const OWNER_FILE = 'data-dir.txt';

/** Where root puts the files that the unprivileged server must reach if DATA_DIR is not accessible to it. */
export const REACHABLE_ROOT = '/var/lib/autovideo';

/** The account that initdb and postgres run as; undefined means the account of this process. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

export function serverAccount(): ServerAccount | undefined {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : undefined;
}

/**
 * The folder that holds the cluster of this `dataDir`: `dataDir/postgres`, or, for root with a `dataDir` that the
 * unprivileged account cannot enter, a separate folder under `reachableRoot`, named in the pointer file
 * `dataDir/postgres.place`. `docs/decisions/` gives the reason.
 */
export function clusterHome(dataDir: string, account: ServerAccount | undefined, reachableRoot: string): string {
  restrictDataDir(dataDir);
  const real = realpathSync(dataDir);
  const known = readLine(join(real, POINTER_FILE));
  if (known !== undefined) return known;
  const own = join(real, 'postgres');
  if (account === undefined || canReach(real)) return makeHome(own, account);
  mkdirSync(reachableRoot, { recursive: true });
  chmodSync(reachableRoot, 0o711);
  sweepTemporary(reachableRoot);
  const reachableHome = makeHome(join(reachableRoot, randomBytes(8).toString('hex')), account);
  writeFileSync(join(reachableHome, OWNER_FILE), `${real}\n`, { mode: 0o600 });
  writeFileSync(join(real, POINTER_FILE), `${reachableHome}\n`, { mode: 0o600 });
  return reachableHome;
}

/** True if an account without special rights can pass through every folder down to `path`. */
export function canReach(path: string): boolean {
  if ((statSync(path).mode & OTHERS_EXECUTE) === 0) return false;
  const parent = dirname(path);
  return parent === path || canReach(parent);
}

/**
 * Deletes the clusters of a deleted DATA_DIR below the system's temporary folder: those of tests and trials, 40 MB
 * each. No other cluster is ever deleted, because its disk may only be unmounted at the moment.
 */
function sweepTemporary(reachableRoot: string): void {
  const temporary = `${realpathSync(tmpdir())}${sep}`;
  for (const name of readdirSync(reachableRoot)) {
    const home = join(reachableRoot, name);
    const owner = readLine(join(home, OWNER_FILE));
    if (!owner?.startsWith(temporary) || existsSync(owner) || readPostmaster(join(home, 'data')) !== undefined)
      continue;
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * An account that differs from ours can pass through the folder but cannot list it; the cluster inside belongs to that
 * account alone.
 */
function makeHome(home: string, account: ServerAccount | undefined): string {
  mkdirSync(home, { recursive: true });
  chmodSync(home, account === undefined ? 0o700 : 0o711); // not set by mkdir, which applies the umask
  return home;
}

function readLine(file: string): string | undefined {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  const line = readFileSync(file, 'utf8').trim();
  return line === '' ? undefined : line;
}
