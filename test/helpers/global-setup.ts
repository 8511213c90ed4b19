import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/database.ts';
import { clusterHome, REACHABLE_ROOT, serverAccount } from '../../src/embedded/postgres/cluster-home.ts';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.ts';
import { postgresBinaries } from '../../src/embedded/postgres/postgres-binaries.ts';
import { clusterFolder, ensureCluster } from '../../src/embedded/postgres/postgres-cluster.ts';
import { startEmbeddedRedis } from '../../src/embedded/redis/embedded-redis.ts';
import { TEMPLATE } from './database.ts';
import { withDatabase } from './database-url.ts';
import type { NewCluster } from './own-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server's first database; tests use separate databases. */
    databaseUrl: string;
    redisUrl: string;
    /** A cluster that no server has used: `initdb` takes seconds, a copy of its result does not. */
    cluster: NewCluster;
  }
}

/** One real PostgreSQL and one real Redis for the whole run, with a migrated database that each test file clones. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-tests-'));
  provide('cluster', await makeCluster(dataDir));
  const [postgres, redis] = await Promise.all([startEmbeddedPostgres({ dataDir }), startEmbeddedRedis({ dataDir })]);
  await makeTemplate(postgres.url);
  provide('databaseUrl', postgres.url);
  provide('redisUrl', redis.url);
  return async () => {
    await Promise.all([postgres.close(), redis.close()]);
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Created in the folder of the run's server, which then needs no `initdb`. */
async function makeCluster(dataDir: string): Promise<NewCluster> {
  const account = serverAccount();
  const home = clusterHome(dataDir, account, REACHABLE_ROOT);
  const binaries = postgresBinaries(account, account ? REACHABLE_ROOT : home);
  const password = await ensureCluster({ home, account, binaries }, undefined);
  const folder = join(dataDir, 'cluster');
  await promisify(execFile)('cp', ['-a', clusterFolder(home), folder]);
  // Servers may crash in tests, the machine does not. Autovacuum would start a process for each of some hundred databases every minute.
  await appendFile(join(clusterFolder(home), 'postgresql.auto.conf'), 'fsync = off\nautovacuum = off\n');
  return { folder, password };
}

async function makeTemplate(url: string): Promise<void> {
  const server = await openDatabase({ url, poolMax: 2 });
  await server.em().execute(`create database ${TEMPLATE}`);
  await server.close();
  const template = await openDatabase({ url: withDatabase(url, TEMPLATE), poolMax: 2 });
  await template.migrate();
  await template.close();
}
