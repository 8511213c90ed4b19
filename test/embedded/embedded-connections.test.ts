import { expect, it } from 'vitest';
import { z } from 'zod';
import { openMigrated } from '../../src/composition/servers.ts';
import { loadConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/database.ts';
import { useEmbeddedServers } from './embedded-setup.ts';

const setup = useEmbeddedServers();
const pool = z.object({ options: z.object({ min: z.number(), max: z.number(), idleTimeoutMillis: z.number() }) });

async function poolOf(db: Database) {
  return pool.parse(await db.orm.em.getConnection().getNativeClient()).options;
}

it('Few connections to a server on the machine that makes the videos stay open, and many to another', async () => {
  await using resources = new AsyncDisposableStack();
  const config = loadConfig({ DATA_DIR: setup.dataDir });
  const embedded = await openMigrated(config, () => undefined, resources);
  expect(await poolOf(embedded.db)).toEqual({ min: 4, max: 50, idleTimeoutMillis: 5_000 });

  const elsewhere = await openMigrated({ ...config, databaseUrl: embedded.db.url }, () => undefined, resources);
  expect(await poolOf(elsewhere.db)).toEqual({ min: 20, max: 50, idleTimeoutMillis: 30_000 });
});
