import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterFolder, DATABASE } from './postgres/postgres-cluster.ts';
import { ROLE } from './postgres/postgres-role-sql.ts';
import { readPostmaster } from './postgres/postmaster-pid.ts';
import { readRedisConfig } from './redis/redis-config.ts';
import { usersIn } from './usage-marker.ts';

/* For diagnoses: where the servers of a DATA_DIR are while they run. Nothing is started, written or used. */

/** The address of the embedded PostgreSQL; null where it does not run, or its password cannot be read. */
export function runningPostgresUrl(dataDir: string): string | null {
  const home = postgresHome(dataDir);
  const port = readPostmaster(clusterFolder(home))?.port;
  const password = lineIn(join(home, 'role-password'));
  return port === undefined || password === null
    ? null
    : `postgresql://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

/** The address of the embedded Redis at its last start; null where it was never started. */
export function lastRedisUrl(dataDir: string): string | null {
  const access = readRedisConfig(join(dataDir, 'redis'));
  return access ? `redis://:${access.password}@127.0.0.1:${access.port}/0` : null;
}

/** The ids of the running processes that use the embedded server of this DATA_DIR. */
export function usersOfServer(dataDir: string, server: 'postgres' | 'redis'): number[] {
  return usersIn(join(server === 'redis' ? join(dataDir, 'redis') : postgresHome(dataDir), 'users'));
}

function postgresHome(dataDir: string): string {
  return lineIn(join(dataDir, 'postgres.place')) ?? join(dataDir, 'postgres');
}

function lineIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null; // it was never started, or belongs to another account
  }
}
