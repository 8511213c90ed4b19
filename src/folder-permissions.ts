import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Only the owner may list, enter and change it. */
const OWNER_ONLY = 0o700;
/** Others may pass through it to what is open to them below, but not list it. */
const PASS_THROUGH = 0o711;
const PERMISSIONS = 0o777;

/**
 * Creates the data directory where it is missing, and restricts one that an earlier version left open. For root it lets other
 * accounts pass through: root runs PostgreSQL as another account, whose files are below. Returns null, or why it could not be
 * restricted: it may belong to another account, as a mounted volume does.
 */
export function restrictDataDir(path: string): Error | null {
  const allowed = process.getuid?.() === 0 ? PASS_THROUGH : OWNER_ONLY;
  const firstMade = mkdirSync(path, { recursive: true });
  // Modes are set explicitly: the umask may be stricter than what the other account needs.
  if (firstMade !== undefined) for (const made of foldersBetween(firstMade, path)) chmodSync(made, allowed);
  return restrict(path, allowed);
}

function foldersBetween(first: string, last: string): string[] {
  return last === first || last === dirname(last) ? [last] : [last, ...foldersBetween(first, dirname(last))];
}

/** The same for a folder below it, which only its owner may open. */
export function restrictFolder(path: string): Error | null {
  mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
  return restrict(path, OWNER_ONLY);
}

/** Removes permissions of other accounts; never adds any. */
function restrict(path: string, allowed: number): Error | null {
  const mode = statSync(path).mode & PERMISSIONS;
  if ((mode & allowed) === mode) return null;
  try {
    chmodSync(path, mode & allowed);
    return null;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'EPERM' || thrown.code === 'EROFS'))
      return thrown;
    throw thrown;
  }
}
