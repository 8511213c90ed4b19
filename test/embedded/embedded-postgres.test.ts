import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { commandDatabaseUrl } from '../../src/composition/command-database.ts';
import { clusterHome, serverAccount } from '../../src/embedded/postgres/cluster-home.ts';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.ts';
import { ROLE } from '../../src/embedded/postgres/postgres-role-sql.ts';
import { readPostmaster } from '../../src/embedded/postgres/postmaster-pid.ts';
import { processIdentity } from '../../src/embedded/process-identity.ts';
import { useEmbeddedServers } from './embedded-setup.ts';

const setup = useEmbeddedServers();
const {
  postgres,
  asEarlierVersion,
  foreignObjects,
  migrate,
  cluster,
  running,
  sql,
  startUser,
  kill,
  sendAndAwaitExit,
} = setup;

describe('PostgreSQL started by the app for the first time', () => {
  it('is started once by two processes at the same moment', async () => {
    const both = await Promise.all([startUser(), startUser()]);
    expect(both[0]?.urls).toEqual(both[1]?.urls);
    await Promise.all(both.map(({ child }) => sendAndAwaitExit(child, 'close')));
    expect(readPostmaster(cluster())).toBeUndefined();
  });

  it('replaces an incomplete cluster that a crash has left', async () => {
    const home = clusterHome(setup.dataDir, serverAccount(), setup.reachableRoot);
    mkdirSync(join(home, 'new-1-x', 'data'), { recursive: true });
    const server = await postgres();
    expect(readdirSync(home).filter((name) => name.startsWith('new-'))).toEqual([]);
    await server.close();
  });

  it('works in a folder without access for others: elsewhere for root, in place for other users', async () => {
    const closed = join(setup.base, 'private');
    mkdirSync(closed, { mode: 0o700 });
    const server = await postgres(join(closed, 'data'));
    expect(await sql(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    expect(existsSync(join(closed, 'data', 'postgres', 'data'))).toBe(serverAccount() === undefined);
    expect(existsSync(join(closed, 'data', 'postgres.place'))).toBe(serverAccount() !== undefined);
  });

  it.runIf(serverAccount() !== undefined)('deletes the cluster of a deleted temporary folder, and no other', () => {
    const make = (name: string) => {
      const folder = join(setup.base, name);
      mkdirSync(folder, { mode: 0o700 });
      return clusterHome(folder, serverAccount(), setup.reachableRoot);
    };
    const deleted = make('gone');
    const there = make('there');
    const unmounted = make('unmounted');
    writeFileSync(join(unmounted, 'data-dir.txt'), '/mnt/of-an-autovideo-test\n');
    rmSync(join(setup.base, 'gone'), { recursive: true });
    make('next');
    expect([deleted, there, unmounted].map((home) => existsSync(home))).toEqual([false, true, true]);
  });

  it('can be canceled while it starts, and then leaves nothing running', async () => {
    await expect(
      startEmbeddedPostgres({
        dataDir: setup.dataDir,
        reachableRoot: setup.reachableRoot,
        signal: AbortSignal.timeout(100),
      }),
    ).rejects.toMatchObject({ code: 'CANCELED' });
    expect(readPostmaster(cluster())).toBeUndefined();
  });
});

describe('PostgreSQL started by the app', () => {
  beforeEach(async () => {
    // A cluster that had to be created elsewhere is not in the folder, and a copy of the folder would share it.
    if (!existsSync(join(setup.firstDataDir, 'postgres.place')))
      await promisify(execFile)('cp', ['-a', setup.firstDataDir, setup.dataDir]);
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
    const home = clusterHome(setup.dataDir, serverAccount(), setup.reachableRoot);
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

  it('is started for a command where it does not run, which the command notes, and stopped after it', async () => {
    const given = { databaseUrl: undefined, dataDir: setup.dataDir };
    const notes: string[] = [];
    const [first, second] = [new AsyncDisposableStack(), new AsyncDisposableStack()];
    const url = await commandDatabaseUrl(given, first, (note) => notes.push(note));
    expect(await commandDatabaseUrl(given, second, (note) => notes.push(note))).toBe(url);
    expect(notes).toEqual(['Auto Video is not running; its database was started for this command.']);
    const { pid } = running();
    await first.disposeAsync();
    expect(processIdentity(pid)).not.toBeUndefined();
    await second.disposeAsync();
    expect(processIdentity(pid)).toBeUndefined();
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
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('starts with all committed data after it was killed itself', async () => {
    const first = await postgres();
    await sql(first.url, 'create table films (title text)');
    process.kill(running().pid, 'SIGKILL');
    const second = await postgres();
    // Where its running users look for it.
    expect(second.url).toBe(first.url);
    expect(await sql(second.url, 'select * from films')).toEqual([]);
    await Promise.all([first.close(), second.close()]);
    expect(readPostmaster(cluster())).toBeUndefined();
  });

  it('starts when its lock file names an unrelated process with the same id, and does not signal that process', async () => {
    await (await postgres()).close();
    const otherProcess = spawn('sleep', ['60'], { stdio: 'ignore', ...serverAccount() });
    setup.otherProcesses.push(otherProcess);
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
    const second = await startEmbeddedPostgres({
      dataDir: setup.dataDir,
      reachableRoot: setup.reachableRoot,
      onMessage: (one) => messages.push(one),
    });
    expect(messages[0]).toMatch(/does not answer/);
    expect(second.url).toBe(first.url);
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
