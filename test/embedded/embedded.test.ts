import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { MikroORM } from '@mikro-orm/postgresql';
import { createClient } from '@redis/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/db/database.ts';
import { clusterHome, serverAccount } from '../../src/embedded/postgres/cluster-home.ts';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.ts';
import { DATABASE, SUPERUSER } from '../../src/embedded/postgres/postgres-cluster.ts';
import { ROLE } from '../../src/embedded/postgres/postgres-role.ts';
import { readPostmaster } from '../../src/embedded/postgres/postmaster-pid.ts';
import { commandLine, processIdentity } from '../../src/embedded/process-identity.ts';
import { startEmbeddedRedis } from '../../src/embedded/redis/embedded-redis.ts';

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

describe('PostgreSQL started by the app for the first time', () => {
  it('is started once by two processes at the same moment', async () => {
    const both = await Promise.all([startUser(), startUser()]);
    expect(both[0]?.urls).toEqual(both[1]?.urls);
    await Promise.all(both.map(({ child }) => sendAndAwaitExit(child, 'close')));
    expect(readPostmaster(cluster())).toBeUndefined();
  });

  it('replaces an incomplete cluster that a crash has left', async () => {
    const home = clusterHome(dataDir, serverAccount(), reachableRoot);
    mkdirSync(join(home, 'new-1-x', 'data'), { recursive: true });
    const server = await postgres();
    expect(readdirSync(home).filter((name) => name.startsWith('new-'))).toEqual([]);
    await server.close();
  });

  it('works in a folder without access for others: elsewhere for root, in place for other users', async () => {
    const closed = join(base, 'private');
    mkdirSync(closed, { mode: 0o700 });
    const server = await postgres(join(closed, 'data'));
    expect(await sql(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    expect(existsSync(join(closed, 'data', 'postgres', 'data'))).toBe(serverAccount() === undefined);
    expect(existsSync(join(closed, 'data', 'postgres.place'))).toBe(serverAccount() !== undefined);
  });

  it.runIf(serverAccount() !== undefined)('deletes the cluster of a deleted temporary folder, and no other', () => {
    const make = (name: string) => {
      const folder = join(base, name);
      mkdirSync(folder, { mode: 0o700 });
      return clusterHome(folder, serverAccount(), reachableRoot);
    };
    const deleted = make('gone');
    const there = make('there');
    const unmounted = make('unmounted');
    writeFileSync(join(unmounted, 'data-dir.txt'), '/mnt/of-an-autovideo-test\n');
    rmSync(join(base, 'gone'), { recursive: true });
    make('next');
    expect([deleted, there, unmounted].map((home) => existsSync(home))).toEqual([false, true, true]);
  });

  it('can be canceled while it starts, and then leaves nothing running', async () => {
    await expect(
      startEmbeddedPostgres({ dataDir, reachableRoot, signal: AbortSignal.timeout(100) }),
    ).rejects.toMatchObject({ code: 'CANCELED' });
    expect(readPostmaster(cluster())).toBeUndefined();
  });
});

describe('PostgreSQL started by the app', () => {
  beforeEach(async () => {
    // A cluster that had to be created elsewhere is not in the folder, and a copy of the folder would share it.
    if (!existsSync(join(firstDataDir, 'postgres.place')))
      await promisify(execFile)('cp', ['-a', firstDataDir, dataDir]);
  });

  it('is an empty UTF-8 database in UTC that syncs to disk and listens only on this machine', async () => {
    const server = await postgres();
    const settings = [
      'server_encoding',
      'TimeZone',
      'fsync',
      'listen_addresses',
      'max_connections',
      'password_encryption',
    ];
    const columns = settings.map((name) => `current_setting('${name}') as "${name}"`).join(', ');
    expect(await sql(server.url, `select ${columns}, upper('é') as upper`)).toEqual([
      {
        server_encoding: 'UTF8',
        TimeZone: 'UTC',
        fsync: 'on',
        listen_addresses: '127.0.0.1',
        max_connections: '100',
        password_encryption: 'scram-sha-256',
        upper: 'É',
      },
    ]);
    await server.close();
  });

  it('rejects connections without the password, which only the owner of the data can read', async () => {
    const server = await postgres();
    const wrong = server.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(sql(wrong, 'select 1')).rejects.toThrow(/password/);
    const home = clusterHome(dataDir, serverAccount(), reachableRoot);
    expect(statSync(join(home, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'data')).mode & 0o777).toBe(0o700);
    await server.close();
  });

  it('has its data after a restart, and leaves no process when closed, even twice', async () => {
    const first = await postgres();
    await sql(first.url, "create table films (title text); insert into films values ('影片')");
    const { pid } = running();
    await Promise.all([first.close(), first.close()]);
    expect(processIdentity(pid)).toBeUndefined();
    const second = await postgres();
    expect(await sql(second.url, 'select title from films')).toEqual([{ title: '影片' }]);
    await second.close();
  });

  it('is reused by the next start after the process that started it was killed', async () => {
    const user = await startUser();
    await sql(user.urls.postgres, 'create table films (title text)');
    const { pid } = running();
    await kill(user.child);
    const next = await postgres();
    expect(running().pid).toBe(pid);
    expect(await sql(next.url, 'select count(*)::int as n from films')).toEqual([{ n: 0 }]);
    await next.close();
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('is shared by two processes, and stops with the last of them, whichever started it', async () => {
    const user = await startUser();
    const secondUse = await postgres();
    expect(secondUse.url).toBe(user.urls.postgres);
    const { pid } = running();
    await sendAndAwaitExit(user.child, 'close');
    expect(await sql(secondUse.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await secondUse.close();
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('ends with a process that exits without closing', async () => {
    const user = await startUser();
    const { pid } = running();
    await sendAndAwaitExit(user.child, 'exit');
    await expect.poll(() => processIdentity(pid), { timeout: 10_000 }).toBeUndefined();
  });

  it('starts with all committed data after it was killed itself', async () => {
    const first = await postgres();
    await sql(first.url, 'create table films (title text)');
    process.kill(running().pid, 'SIGKILL');
    const second = await postgres();
    expect(await sql(second.url, 'select * from films')).toEqual([]);
    await Promise.all([first.close(), second.close()]);
    expect(readPostmaster(cluster())).toBeUndefined();
  });

  it('starts when its lock file names an unrelated process with the same id, and does not signal that process', async () => {
    await (await postgres()).close();
    const otherProcess = spawn('sleep', ['60'], { stdio: 'ignore', ...serverAccount() });
    otherProcesses.push(otherProcess);
    writeFileSync(join(cluster(), 'postmaster.pid'), `${otherProcess.pid}\n${cluster()}\n1\n5432\n\n127.0.0.1\n`);
    const server = await postgres();
    expect(otherProcess.exitCode).toBeNull();
    expect(running().pid).not.toBe(otherProcess.pid);
    await server.close();
  });

  it('is replaced when it hangs', async () => {
    const first = await postgres();
    const { pid } = running();
    process.kill(pid, 'SIGSTOP');
    const messages: string[] = [];
    const second = await startEmbeddedPostgres({ dataDir, reachableRoot, onMessage: (one) => messages.push(one) });
    expect(messages[0]).toMatch(/does not answer/);
    expect(await sql(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await Promise.all([first.close(), second.close()]);
  }, 30_000);

  it('gives the program a role without superuser rights that has the rights of operators and owns its database', async () => {
    const server = await postgres();
    const role = `select rolsuper, rolcreaterole, rolname from pg_roles where rolname = current_user`;
    expect(await sql(server.url, role)).toEqual([{ rolsuper: false, rolcreaterole: false, rolname: ROLE }]);
    const memberships = ['pg_read_all_stats', 'pg_signal_backend', 'pg_maintain'];
    for (const name of memberships)
      expect(await sql(server.url, `select pg_has_role('${name}', 'member') as is`), name).toEqual([{ is: true }]);
    expect(await sql(server.url, 'select count(*) > 0 as is from pg_stat_statements')).toEqual([{ is: true }]);
    await expect(sql(server.url, "copy (select 1) to program 'true'")).rejects.toThrow(/permission denied/);
    await expect(sql(server.url, 'select * from pg_authid')).rejects.toThrow(/permission denied/);
    await migrate(server.url);
    await server.close();
  });

  it('migrates a cluster in which an earlier version worked as the superuser, with all its data', async () => {
    await (await postgres()).close();
    await asEarlierVersion();
    const server = await postgres();
    expect(await sql(server.url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false },
    ]);
    expect(await sql(server.url, foreignObjects())).toEqual([]);
    expect(await sql(server.url, 'select title from films')).toEqual([{ title: '影片' }]);
    await sql(server.url, 'alter table videos add column extra text; drop function search_terms(text) cascade');
    await server.close();
  });
});

describe('Redis started by the app', () => {
  it('keeps its data across restarts, evicts nothing, and requires a password', async () => {
    const first = await startEmbeddedRedis({ dataDir });
    await withRedis(first.url, (client) => client.set('film', '影片'));
    await expect(withRedis(first.url.replace(/:[^:@]+@/, ':wrong@'), (client) => client.get('film'))).rejects.toThrow();
    await first.close();
    const second = await startEmbeddedRedis({ dataDir });
    expect(await withRedis(second.url, (client) => client.get('film'))).toBe('影片');
    expect(
      await withRedis(second.url, (client) =>
        client.configGet(['appendonly', 'appendfsync', 'maxmemory-policy', 'bind']),
      ),
    ).toEqual({
      appendonly: 'yes',
      appendfsync: 'everysec',
      'maxmemory-policy': 'noeviction',
      bind: '127.0.0.1',
    });
    await second.close();
  });

  it('shows its password in no command line and to no other user', async () => {
    const server = await startEmbeddedRedis({ dataDir });
    const pid = redisPid();
    expect(commandLine(pid)).not.toContain(new URL(server.url).password);
    expect(statSync(join(dataDir, 'redis', 'redis.conf')).mode & 0o777).toBe(0o600);
    await Promise.all([server.close(), server.close()]);
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('is reused after the process that started it was killed', async () => {
    const user = await startUser();
    const pid = redisPid();
    await kill(user.child);
    const next = await startEmbeddedRedis({ dataDir });
    expect(next.url).toBe(user.urls.redis);
    await next.close();
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('starts when its pid file names an unrelated process, and does not signal that process', async () => {
    await (await startEmbeddedRedis({ dataDir })).close();
    const otherProcess = spawn('sleep', ['60'], { stdio: 'ignore' });
    otherProcesses.push(otherProcess);
    writeFileSync(join(dataDir, 'redis', 'redis.pid'), `${otherProcess.pid}\n`);
    await (await startEmbeddedRedis({ dataDir })).close();
    expect(otherProcess.exitCode).toBeNull();
    expect(otherProcess.signalCode).toBeNull();
  });

  it('ends when its data was deleted while it ran', async () => {
    const server = await startEmbeddedRedis({ dataDir });
    const pid = redisPid();
    rmSync(dataDir, { recursive: true });
    await server.close();
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('fails with advice when redis-server is not installed', async () => {
    const starting = startEmbeddedRedis({ dataDir, program: join(base, 'redis-server') });
    await expect(starting).rejects.toMatchObject({
      code: 'REDIS_CONNECTION_FAILED',
      message: expect.stringMatching(/bootstrap.*REDIS_URL/),
    });
  });
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
