import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../child-environment.ts';
import { AppError } from '../../errors.ts';
import { uniqueName } from '../process-identity.ts';
import type { ServerAccount } from './cluster-home.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

export const DATABASE = 'autovideo';
/** The role that creates the cluster; PostgreSQL never allows it to lose its rights. */
export const SUPERUSER = 'autovideo';
const DRAFT_PREFIX = 'new-';

/** Where a cluster is, and the account that runs its programs. */
export interface ClusterLocation {
  home: string;
  binaries: PostgresBinaries;
  account: ServerAccount | undefined;
}

/** The folder of the server's own files. */
export function clusterFolder(home: string): string {
  return join(home, 'data');
}

/**
 * Creates the cluster of this home with its database and password, unless it exists. An incomplete one, left by a
 * crash, is deleted: only a finished cluster gets the final name. Returns the password.
 */
export async function ensureCluster(location: ClusterLocation, signal: AbortSignal | undefined): Promise<string> {
  const passwordFile = join(location.home, 'password');
  if (existsSync(clusterFolder(location.home))) return readPassword(passwordFile);
  for (const left of readdirSync(location.home).filter((name) => name.startsWith(DRAFT_PREFIX))) {
    rmSync(join(location.home, left), { recursive: true, force: true });
  }
  const draft = join(location.home, `${DRAFT_PREFIX}${uniqueName()}`);
  const password = randomBytes(24).toString('base64url');
  try {
    await makeCluster(location, draft, password, signal);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    renameSync(join(draft, 'data'), clusterFolder(location.home));
  } finally {
    // A cancelled initdb has a child that may write for a moment longer.
    rmSync(draft, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  return password;
}

/**
 * The variables that PostgreSQL's programs get in addition to the search path: the same language and time zone
 * everywhere.
 */
export const SERVER_VARIABLES = { LC_ALL: 'C', TZ: 'UTC' } as const;

async function makeCluster(
  location: ClusterLocation,
  draft: string,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  const cluster = join(draft, 'data');
  const passwordFile = join(draft, 'password');
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (location.account !== undefined) {
    for (const path of [draft, passwordFile]) chownSync(path, location.account.uid, location.account.gid);
  }
  const choices = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  await run(
    location,
    location.binaries.initdb,
    ['-D', cluster, ...choices, ...access, '--no-instructions'],
    '',
    signal,
  );
  // Single-user mode needs no port, no password and no client.
  await run(
    location,
    location.binaries.postgres,
    ['--single', '-D', cluster, 'postgres'],
    `CREATE DATABASE ${DATABASE};\n`,
    signal,
  );
}

function run(
  location: ClusterLocation,
  program: string,
  args: string[],
  input: string,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: '/',
      env: childEnvironment(SERVER_VARIABLES),
      ...location.account,
      ...(signal === undefined ? {} : { signal }),
    };
    const child = execFile(program, args, options, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else if (signal?.aborted) reject(new AppError('CANCELED', 'Starting was cancelled.', { cause: signal.reason }));
      else reject(setUpFailed(new Error(`${error.message}\n${stderr}`, { cause: error })));
    });
    // A program that could not be started breaks this pipe as well; the callback above reports the reason.
    child.stdin?.once('error', () => undefined);
    child.stdin?.end(input);
  });
}

function setUpFailed(cause: Error): AppError {
  const sentence =
    'The embedded PostgreSQL could not be set up. Is the disk of DATA_DIR full or read-only? To use another server, set DATABASE_URL.';
  return new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause });
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const sentence =
      'The password of the embedded PostgreSQL is missing: restore the file "password" next to its data, or set DATABASE_URL.';
    throw new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause });
  }
}
