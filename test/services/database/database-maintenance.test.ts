import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { APPLICATION_NAME, type Database, openDatabase } from '../../../src/db/database.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { DatabaseMaintenance } from '../../../src/services/database/database-maintenance.ts';
import { IdleSessions } from '../../../src/services/database/idle-sessions.ts';
import { type UserFault, UserFaultError } from '../../../src/services/user-fault.ts';
import { createTestDatabaseUrl } from '../../helpers/database.ts';
import { asSuperuser, DatabaseClient } from '../../helpers/database-clients.ts';
import { until } from '../../helpers/until.ts';

const ODD = 'Odd "table".name';
const QUOTED = '"Odd ""table"".name"';

let url: string;
let db: Database;
let other: DatabaseClient;
beforeAll(async () => {
  url = await createTestDatabaseUrl();
  db = await openDatabase({ url, poolMax: 3 });
  other = await DatabaseClient.open(url);
  await other.run(`create table ${QUOTED} as select 1 as n; create table tidy as select 1 as n`);
  return async () => {
    await Promise.all([other.close(), db.close()]);
  };
});
const acts = async (action: string) =>
  (
    await sql<{ details: unknown }>`select details from audit_log where action = ${action} order by seq desc`.execute(
      db.sql(),
    )
  ).rows.map(({ details }) => details);

async function faultsOf(work: Promise<unknown>): Promise<readonly UserFault[]> {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof UserFaultError) return thrown.faults;
  throw thrown ?? new Error('It was not refused.');
}

async function fill(): Promise<void> {
  await other.run(`insert into ${QUOTED} select generate_series(1, 3000); delete from ${QUOTED}`);
  await other.countNow();
}

const deadRows = async () =>
  Number((await other.run(`select n_dead_tup as dead from pg_stat_user_tables where relname = '${ODD}'`))[0]?.['dead']);

describe('Maintenance', () => {
  it('vacuums where dead rows ask for it, and is in the audit log', async () => {
    await fill();
    expect(await deadRows()).toBeGreaterThan(1_000);
    expect(await new DatabaseMaintenance(db).run(COMMAND_LINE)).toEqual({ tables: [ODD], faults: [] });
    expect(await deadRows()).toBe(0);
    expect((await acts('database.maintain'))[0]).toEqual({ tables: ODD, failed: 0, via: 'command line' });
    expect(await new DatabaseMaintenance(db).run(COMMAND_LINE)).toEqual({ tables: [], faults: [] });
  });

  it('vacuums the tables given, each once', async () => {
    const done = await new DatabaseMaintenance(db).run(COMMAND_LINE, ['tidy', ODD, 'tidy']);
    expect(done).toEqual({ tables: ['tidy', ODD], faults: [] });
  });

  it.each([[['tidy', 'no "such', 'pg_class']], [['tidy"; drop table tidy; --']], [[]]])(
    'refuses tables that are not ours: %j',
    async (tables) => {
      const faults = await faultsOf(new DatabaseMaintenance(db).run(COMMAND_LINE, tables));
      expect(faults).toMatchObject([{ code: 'INVALID', field: ['tables'] }]);
      if (tables.includes('pg_class')) expect(faults[0]?.message).toBe('There is no table "no \\"such", "pg_class".');
      expect(await other.run('select count(*)::int as n from tidy')).toEqual([{ n: 1 }]);
    },
  );

  it('leaves out a table that others work on, and goes on', async () => {
    await other.run('begin; lock table tidy in share update exclusive mode');
    const times = { byHandMs: 60_000, nightlyMs: 60_000, lockMs: 100 };
    const { tables, faults } = await new DatabaseMaintenance(db, times).run(COMMAND_LINE, ['tidy', ODD]);
    expect(tables).toEqual([ODD]);
    expect(faults).toMatchObject([{ code: 'CONFLICT', message: expect.stringMatching(/^tidy was left out: /) }]);
    await other.run('rollback');
  });

  it('ends when its time is over', async () => {
    await other.run('begin; lock table tidy in share update exclusive mode');
    const times = { byHandMs: 300, nightlyMs: 60_000, lockMs: 60_000 };
    const { tables, faults } = await new DatabaseMaintenance(db, times).run(COMMAND_LINE, ['tidy', ODD]);
    await other.run('rollback');
    expect(tables).toEqual([]);
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^tidy was not done in time: /),
      expect.stringMatching(/^Odd "table"\.name was not done in time: /),
    ]);
  });

  it('is done by one process at a time', async () => {
    await fill();
    await other.run("select pg_advisory_lock(hashtext('autovideo_maintenance'))");
    const maintenance = new DatabaseMaintenance(db);
    expect(await faultsOf(maintenance.run(COMMAND_LINE))).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await maintenance.runNightly(new AbortController().signal)).toEqual([]);
    await other.run("select pg_advisory_unlock(hashtext('autovideo_maintenance'))");
    expect(await maintenance.runNightly(new AbortController().signal)).toEqual([ODD]);
  });

  it('at night stops at once when the process ends', async () => {
    await fill();
    await other.run(`begin; lock table ${QUOTED} in share update exclusive mode`);
    const stop = new AbortController();
    const running = new DatabaseMaintenance(db).runNightly(stop.signal);
    const outcome = expect(running).rejects.toThrow('the process ends');
    await until('it waits for the table', async () => {
      const { rows } = await sql`select from pg_stat_activity
        where wait_event_type = 'Lock' and starts_with(query, 'vacuum')`.execute(db.sql());
      return rows.length > 0;
    });
    const begun = performance.now();
    stop.abort(new Error('the process ends'));
    await outcome;
    expect(performance.now() - begun).toBeLessThan(5_000);
    await other.run('rollback');
  });
});

describe('Idle sessions', () => {
  it('are ended, but not those of running processes, of other roles and with locks of the application', async () => {
    const report = await DatabaseClient.open(url, 'a report');
    const shell = await DatabaseClient.open(url, 'a shell');
    const holder = await DatabaseClient.open(url, 'a holder');
    const ours = await DatabaseClient.open(url, APPLICATION_NAME);
    const superuser = await DatabaseClient.open(asSuperuser(url), 'a superuser');
    await shell.run('begin; select from users for update');
    await holder.run("begin; select pg_advisory_xact_lock(hashtext('a migration'))");
    const sessions = new IdleSessions(db);
    const spared = async () => {
      const found = (await sessions.list(1)).map((one) => [one.application, one.spared] as const);
      return found.filter(([name]) => name !== APPLICATION_NAME).toSorted();
    };
    await other.run("set application_name = 'the test'; select pg_advisory_lock(1)");
    await until('all have been idle for a second', async () => (await spared()).length === 5);
    expect(await spared()).toEqual([
      ['a holder', 'holds a lock of the application'],
      ['a report', null],
      ['a shell', null],
      ['a superuser', 'another user'],
      ['the test', 'holds a lock of the application'],
    ]);
    expect(await sessions.end(COMMAND_LINE, 1)).toBe(2);
    await Promise.all([report.ended, shell.ended]);
    expect(await acts('database.end_sessions')).toEqual([{ idleSeconds: 1, ended: 2, via: 'command line' }]);
    for (const one of [holder, ours, superuser]) expect(await one.run('select 1 as n')).toEqual([{ n: 1 }]);

    // A session of ours that is too old for any pool.
    const old = new IdleSessions(db, { poolSeconds: 0 });
    const pid = await ours.pid();
    await until('it has been idle for a second', async () =>
      (await old.list(1)).some((one) => one.pid === pid && one.spared === null),
    );
    await old.end(COMMAND_LINE, 1);
    await ours.ended;
    for (const one of [holder, superuser]) await one.close();
  });

  it('of our own pool are opened again without an error, where they were ended', async () => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${APPLICATION_NAME} and datname = current_database() and pid <> pg_backend_pid()`.execute(
      db.sql(),
    );
    const answers = [1, 2, 3].map(() => db.transaction(async (em) => await em.execute('select 1 as n')));
    expect(await Promise.all(answers)).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 1 }]]);
  });

  it.each([0, -1, 86_401, 1.5])('cannot be ended after %d s', async (seconds) => {
    const sessions = new IdleSessions(db);
    const fault = { code: 'INVALID', field: ['idleSeconds'] };
    expect(await faultsOf(sessions.end(COMMAND_LINE, seconds))).toMatchObject([fault]);
    expect(await faultsOf(sessions.list(seconds))).toMatchObject([fault]);
  });

  it('may have been idle for a day', async () => {
    expect(await new IdleSessions(db).end(COMMAND_LINE, 86_400)).toBe(0);
  });
});
