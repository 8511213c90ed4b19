import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { MikroORM } from '@mikro-orm/postgresql';
import { createClient } from '@redis/client';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/db/database.ts';
import { clusterHome, serverAccount } from '../../src/embedded/postgres/cluster-home.ts';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.ts';
import { DATABASE, SUPERUSER } from '../../src/embedded/postgres/postgres-cluster.ts';
import { ROLE } from '../../src/embedded/postgres/postgres-role-sql.ts';
import { readPostmaster } from '../../src/embedded/postgres/postmaster-pid.ts';
import { startEmbeddedRedis } from '../../src/embedded/redis/embedded-redis.ts';

/** A data folder for each test, and what is started there; all of it is ended after the test. */
export function useEmbeddedServers() {
  const userShape = z.object({ postgres: z.string(), redis: z.string() });
  /** Data of the first start, without a running server; copying it takes a tenth of the time of creating a cluster. */
  let firstDataDir: string;
  /** Holds PostgreSQL's programs if root runs the tests: 60 MB, copied once. */
  let reachableRoot: string;
  let base: string;
  let dataDir: string;
  let users: ChildProcess[];
  let otherProcesses: ChildProcess[];

  beforeAll(async () => {
    reachableRoot = openFolder('reachable-');
    firstDataDir = join(openFolder('embedded first '), 'data');
    await (await postgres(firstDataDir)).close();
  });

  afterAll(() => {
    for (const folder of [dirname(firstDataDir), reachableRoot]) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    base = openFolder('embedded ');
    dataDir = join(base, 'data');
    users = [];
    otherProcesses = [];
  });

  afterEach(async () => {
    for (const child of [...users, ...otherProcesses]) child.kill('SIGKILL');
    // One more start and close stops the server of a killed user.
    if (readPostmaster(cluster()) !== undefined) await (await postgres()).close();
    if (existsSync(join(dataDir, 'redis', 'redis.pid'))) await (await startEmbeddedRedis({ dataDir })).close();
    rmSync(base, { recursive: true, force: true });
  });

  /** A new temporary folder that other accounts may enter: root runs PostgreSQL as another account. */
  function openFolder(prefix: string): string {
    const folder = mkdtempSync(join(tmpdir(), prefix));
    chmodSync(folder, 0o755);
    return folder;
  }

  function postgres(dir = dataDir) {
    return startEmbeddedPostgres({ dataDir: dir, reachableRoot });
  }

  /** The state of the last version: the superuser owns everything, and there is no other role. */
  async function asEarlierVersion(): Promise<void> {
    const server = await postgres();
    const home = clusterHome(dataDir, serverAccount(), reachableRoot);
    const url = new URL(server.url);
    [url.username, url.password] = [SUPERUSER, readFileSync(join(home, 'password'), 'utf8')];
    await sql(url.href, `alter database ${DATABASE} owner to ${SUPERUSER}; drop owned by ${ROLE}; drop role ${ROLE}`);
    await migrate(url.href);
    await sql(url.href, "create table films (id serial, title text); insert into films (title) values ('影片')");
    await sql(url.href, "create type mood as enum ('calm'); create view calm as select 'calm'::mood as mood");
    rmSync(join(home, 'role-password'));
    await server.close();
  }

  /** Selects the objects of the schema that the role does not own and that belong to no extension. */
  function foreignObjects(): string {
    const notOurs = (catalog: string, prefix: string) => `select oid::text from ${catalog} as one
    where ${prefix}namespace = 'public'::regnamespace and ${prefix}owner <> '${ROLE}'::regrole
      and not exists (select from pg_depend where classid = '${catalog}'::regclass and objid = one.oid and deptype = 'e')`;
    return [notOurs('pg_class', 'rel'), notOurs('pg_proc', 'pro'), notOurs('pg_type', 'typ')].join(' union all ');
  }

  async function migrate(url: string): Promise<void> {
    const db = await openDatabase({ url, poolMax: 2 });
    try {
      await db.migrate();
    } finally {
      await db.close();
    }
  }

  function cluster(): string {
    return join(clusterHome(dataDir, serverAccount(), reachableRoot), 'data');
  }

  function running() {
    const server = readPostmaster(cluster());
    if (server === undefined) throw new Error('no server runs');
    return server;
  }

  function redisPid(): number {
    return Number(readFileSync(join(dataDir, 'redis', 'redis.pid'), 'utf8'));
  }

  async function sql(url: string, statement: string): Promise<unknown> {
    const orm = await MikroORM.init({ clientUrl: url, entities: [], discovery: { warnWhenNoEntities: false } });
    try {
      return await orm.em.getConnection().execute(statement);
    } finally {
      await orm.close();
    }
  }

  function redisClient(url: string) {
    return createClient({ url, socket: { reconnectStrategy: false } });
  }

  async function withRedis<T>(url: string, work: (client: ReturnType<typeof redisClient>) => Promise<T>): Promise<T> {
    const client = redisClient(url);
    client.on('error', () => undefined); // the failing call reports it
    try {
      await client.connect();
      return await work(client);
    } finally {
      client.destroy();
    }
  }

  async function startUser() {
    const script = join(import.meta.dirname, 'embedded-user.ts');
    const child = spawn(process.execPath, [script, dataDir, reachableRoot], { stdio: ['pipe', 'pipe', 'inherit'] });
    users.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      return { child, urls: userShape.parse(JSON.parse(line)) };
    }
    throw new Error('the user ended before it had its servers');
  }

  function kill(child: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  function sendAndAwaitExit(child: ChildProcess, word: 'close' | 'exit'): Promise<void> {
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.stdin?.write(`${word}\n`);
    });
  }

  return {
    get firstDataDir() {
      return firstDataDir;
    },
    get reachableRoot() {
      return reachableRoot;
    },
    get base() {
      return base;
    },
    get dataDir() {
      return dataDir;
    },
    get otherProcesses() {
      return otherProcesses;
    },
    postgres,
    asEarlierVersion,
    foreignObjects,
    migrate,
    cluster,
    running,
    redisPid,
    sql,
    withRedis,
    startUser,
    kill,
    sendAndAwaitExit,
  };
}
