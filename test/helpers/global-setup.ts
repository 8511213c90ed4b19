import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/database.ts';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.ts';
import { startEmbeddedRedis } from '../../src/embedded/redis/embedded-redis.ts';
import { TEMPLATE } from './database.ts';
import { withDatabase } from './database-url.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server's first database; tests use one of their own. */
    databaseUrl: string;
    redisUrl: string;
  }
}

/** One real PostgreSQL and one real Redis for the whole run, with a migrated database that each test file clones. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-tests-'));
  const [postgres, redis] = await Promise.all([startEmbeddedPostgres({ dataDir }), startEmbeddedRedis({ dataDir })]);
  await makeTemplate(postgres.url);
  provide('databaseUrl', postgres.url);
  provide('redisUrl', redis.url);
  return async () => {
    await Promise.all([postgres.close(), redis.close()]);
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string): Promise<void> {
  const server = await openDatabase({ url, poolMax: 2 });
  await server.em().execute(`create database ${TEMPLATE}`);
  await server.close();
  const template = await openDatabase({ url: withDatabase(url, TEMPLATE), poolMax: 2 });
  await template.migrate();
  await template.close();
}
