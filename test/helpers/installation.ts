import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { createTestDatabaseUrl } from './database.ts';

/** Settings in the form of environment variables. */
export type Settings = Readonly<Record<string, string>>;

/** What the processes of one installation share: a database, a key prefix in Redis and a data folder, all empty at first. */
export interface TestInstallation {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly db: Database;
  /** Closes and removes everything; processes that use it have to be closed before. */
  remove(): Promise<void>;
}

/** Short leases, so that a killed worker is noticed soon; two videos at once on each worker. */
const SETTINGS = {
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  // All clients of tests have one address, and ask faster than people.
  GRAPHQL_COST_LIMIT: '1000000',
  GRAPHQL_COST_PER_SECOND: '1000000',
  LOGINS_PER_MINUTE: '10000',
  LEASE_SECONDS: '2',
  WORKER_CONCURRENCY: '2',
  DATABASE_POOL_MAX: '10',
  ADMIN_PASSWORD: 'a quiet green harbour',
  JWT_SECRET: 'a secret for tokens, of these tests alone',
  LINK_SECRET: 'a secret for links, of these tests alone',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
} as const;

/** `settings` override the usual ones of tests. */
export async function createTestInstallation(settings: Settings = {}): Promise<TestInstallation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-place-'));
  const databaseUrl = settings['DATABASE_URL'] ?? (await createTestDatabaseUrl());
  const db = await openDatabase({ url: databaseUrl, poolMax: 4 });
  return {
    settings: {
      ...SETTINGS,
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      REDIS_URL: inject('redisUrl'),
      QUEUE_PREFIX: `t-${randomUUID()}`,
      ...settings,
    },
    dataDir,
    db,
    remove: async () => {
      await db.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
