import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import type { PeriodicTask } from '../../src/jobs/tasks/periodic-task.ts';
import { ScheduledTaskStore } from '../../src/jobs/tasks/scheduled-task-store.ts';
import type { Scheduler } from '../../src/jobs/tasks/scheduler.ts';
import { TaskLocks } from '../../src/jobs/tasks/task-locks.ts';
import { TaskRunner } from '../../src/jobs/tasks/task-runner.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';
import { silent } from '../helpers/job-fixture.ts';
import { makeDue, schedulerOn, taskRow, yearly } from '../helpers/schedulers.ts';
import { until } from '../helpers/until.ts';

let url: string;
let db: Database;
beforeAll(async () => {
  url = await createTestDatabaseUrl();
  db = await openDatabase({ url, poolMax: 10 });
});
afterAll(() => db.close());

const opened: Scheduler[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((scheduler) => scheduler.close()));
  await sql`delete from scheduled_tasks`.execute(db.sql());
  expect(await advisoryLocks()).toBe(0);
});

function open(tasks: readonly PeriodicTask[], options: Parameters<typeof schedulerOn>[2] = {}) {
  const made = schedulerOn(db, tasks, options);
  opened.push(made.scheduler);
  return made;
}

async function advisoryLocks(): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select count(*)::int as held from pg_locks join pg_database on pg_database.oid = pg_locks.database
    where locktype = 'advisory' and datname = current_database()`.execute(db.sql());
  return rows[0]?.held ?? 0;
}

/** A task that runs until it is let go, or aborted. */
function held() {
  const begun: AbortSignal[] = [];
  const release = Promise.withResolvers<void>();
  const task = yearly(async (signal) => {
    begun.push(signal);
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([release.promise, aborted]);
    signal.throwIfAborted();
  });
  return { task, begun, release: () => release.resolve() };
}

const finished = async (name = 'yearly') => (await taskRow(db, name)).last_finished_at !== null;

describe('A task that is due', () => {
  it('is run by one of five processes, which does not run it again', async () => {
    let runs = 0;
    const quick = yearly(async () => void runs++);
    const five = Array.from({ length: 5 }, () => open([quick]));
    await Promise.all(five.map(({ scheduler }) => scheduler.list()));
    await makeDue(db, 'yearly');
    for (const { scheduler } of five) scheduler.start();
    await until('it has run', finished);
    // Also the others have looked by now, or do while they close.
    await Promise.all(five.map(({ scheduler }) => scheduler.close()));
    expect(runs).toBe(1);
    expect(five.flatMap(({ counted }) => counted)).toEqual([{ task: 'yearly', outcome: 'succeeded' }]);
    const row = await taskRow(db, 'yearly');
    expect(row).toMatchObject({ run: '1', last_outcome: 'SUCCEEDED', last_error: null });
    expect(new Date(row.next_due_at).getTime()).toBe(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1));
  });

  it('is not run again by one that looks when the first has done it', async () => {
    let runs = 0;
    const quick = yearly(async () => void runs++);
    const [first, second] = [open([quick]), open([quick])];
    await first.scheduler.list();
    await makeDue(db, 'yearly');
    first.scheduler.start();
    await until('it has run', finished);
    const looking = vi.spyOn(second.scheduler, 'list');
    second.scheduler.start();
    await until('the second has looked', () => looking.mock.settledResults.length > 0);
    await second.scheduler.close();
    expect(runs).toBe(1);
  });

  it('is not run again by one that saw it due at the same moment, and waited for its turn', async () => {
    let runs = 0;
    const quick = yearly(async () => void runs++);
    await open([quick]).scheduler.list();
    await makeDue(db, 'yearly');
    const locks = new TaskLocks(db);
    const runner = new TaskRunner({
      store: new ScheduledTaskStore(db),
      locks,
      metrics: { taskEnded: () => undefined },
      logger: silent,
    });
    const due = { early: false, closing: new AbortController().signal };
    expect(await runner.run('yearly', quick, due)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await runner.run('yearly', quick, due)).toBeNull();
    expect(runs).toBe(1);
  });

  it('is not run beside itself, neither by this process nor by another, however overdue it is', async () => {
    const { task, begun, release } = held();
    const [first, second] = [open([task]), open([task])];
    await first.scheduler.list();
    await makeDue(db, 'yearly');
    first.scheduler.start();
    await until('it runs', () => begun.length === 1);
    await makeDue(db, 'yearly');
    expect(await first.scheduler.runNow('yearly')).toBeNull();
    expect(await second.scheduler.runNow('yearly')).toBeNull();
    expect(begun).toHaveLength(1);
    expect(await finished()).toBe(false);
    release();
    await until('it has run', finished);
  });

  it('waits in no transaction and holds no rows while it runs', async () => {
    const { task, begun, release } = held();
    const { scheduler } = open([task]);
    const running = scheduler.runNow('yearly');
    await until('it runs', () => begun.length === 1);
    const { rows } = await sql<{ state: string; settled: boolean }>`
      select state, backend_xmin is null and xact_start is null as settled from pg_stat_activity
      where datname = current_database() and pid in (select pid from pg_locks where locktype = 'advisory')`.execute(
      db.sql(),
    );
    expect(rows).toEqual([{ state: 'idle', settled: true }]);
    release();
    await running;
  });

  it('does not keep another task waiting', async () => {
    const { task, begun } = held();
    const { scheduler } = open([task, yearly(async () => undefined, { name: 'quick' })]);
    await scheduler.list();
    await makeDue(db, 'yearly');
    await makeDue(db, 'quick');
    scheduler.start();
    await until('the other has run', () => finished('quick'));
    await until('the first runs', () => begun.length === 1);
    expect(await finished()).toBe(false);
  });

  it('is run again and again at its times, by whoever is up', async () => {
    let runs = 0;
    const each = yearly(async () => void runs++, { pattern: '* * * * * *' });
    const [first] = [open([each], { pollMs: 500 }), open([each], { pollMs: 500 })].map(({ scheduler }) => {
      scheduler.start();
      return scheduler;
    });
    await until('it has run', () => runs >= 1);
    await first?.close();
    const before = runs;
    await until('it has run again', () => runs > before);
    const { run, last_started_at: started } = await taskRow(db, 'yearly');
    expect(Number(run)).toBeGreaterThan(before);
    expect(new Date(started ?? 0).getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  });
});

describe('Each machine', () => {
  it('runs what is its own, and one of its processes does', async () => {
    const runs: string[] = [];
    const own = (machine: string) =>
      open([yearly(async () => void runs.push(machine), { scope: 'machine' })], { machine });
    const processes = [own('one'), own('one'), own('two')];
    await Promise.all(processes.map(({ scheduler }) => scheduler.list()));
    await makeDue(db, 'yearly@one');
    await makeDue(db, 'yearly@two');
    for (const { scheduler } of processes) scheduler.start();
    await until('both have run', async () => (await finished('yearly@one')) && (await finished('yearly@two')));
    await Promise.all(processes.map(({ scheduler }) => scheduler.close()));
    expect(runs.toSorted()).toEqual(['one', 'two']);
    expect(processes.flatMap(({ counted }) => counted.map(({ task }) => task))).toEqual(['yearly', 'yearly']);
  });
});

describe('A time that was missed while nobody was up', () => {
  const DAY = 86_400;

  it('is made up for once, however many went by', async () => {
    let runs = 0;
    const { scheduler } = open([yearly(async () => void runs++, { pattern: '0 * * * *' })]);
    await scheduler.list();
    await makeDue(db, 'yearly', 30 * DAY);
    scheduler.start();
    await until('it has run', finished);
    await scheduler.close();
    expect(runs).toBe(1);
    expect(new Date((await taskRow(db, 'yearly')).next_due_at).getTime()).toBeGreaterThan(Date.now());
  });

  it('is left out by a task that wants it so, but not where it is merely late', async () => {
    let runs = 0;
    const { scheduler } = open([yearly(async () => void runs++, { catchUp: 'skip' })]);
    await scheduler.list();
    await makeDue(db, 'yearly', 130);
    scheduler.start();
    await until('it is left out', async () => new Date((await taskRow(db, 'yearly')).next_due_at) > new Date());
    expect(runs).toBe(0);
    await scheduler.close();

    const later = open([yearly(async () => void runs++, { catchUp: 'skip' })]);
    await makeDue(db, 'yearly', 100);
    later.scheduler.start();
    await until('it has run', () => runs === 1);
  });

  it('is not the first one of a task that is new', async () => {
    let runs = 0;
    const { scheduler } = open([yearly(async () => void runs++)]);
    const looking = vi.spyOn(scheduler, 'list');
    scheduler.start();
    await until('it has looked', () => looking.mock.settledResults.length > 0);
    await scheduler.close();
    expect(runs).toBe(0);
  });
});

describe('A schedule that was changed', () => {
  it('holds from the next start on, and one that was not changed leaves the time as it was', async () => {
    await open([yearly(async () => undefined)]).scheduler.list();
    await makeDue(db, 'yearly');
    const overdue = (await taskRow(db, 'yearly')).next_due_at;
    await open([yearly(async () => undefined)]).scheduler.list();
    expect((await taskRow(db, 'yearly')).next_due_at).toEqual(overdue);
    await open([yearly(async () => undefined, { pattern: '0 0 1 7 *' })]).scheduler.list();
    expect(new Date((await taskRow(db, 'yearly')).next_due_at).getUTCMonth()).toBe(6);
  });

  it('must not be nonsense, and two tasks must not share a name', () => {
    const task = yearly(async () => undefined);
    for (const tasks of [[{ ...task, pattern: 'now and then' }], [task, task]])
      expect(() => schedulerOn(db, tasks)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('A task that fails', () => {
  it('is counted, logged and written down, and runs at its next time', async () => {
    let runs = 0;
    const task = yearly(async () => {
      if (++runs === 1) throw new AppError('STORAGE_ERROR', 'The disk is asleep.');
    });
    const { scheduler, counted, log } = open([task]);
    expect(await scheduler.runNow('yearly')).toMatchObject({ outcome: 'FAILED', error: { code: 'STORAGE_ERROR' } });
    expect(await taskRow(db, 'yearly')).toMatchObject({
      last_outcome: 'FAILED',
      last_error: 'STORAGE_ERROR: The disk is asleep.',
      last_succeeded_at: null,
    });
    expect(log).toEqual([expect.objectContaining({ level: 'ERROR', task: 'yearly' })]);
    await makeDue(db, 'yearly');
    scheduler.start();
    await until('it has run again', () => counted.length === 2);
    expect(counted.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
    await until('that is written down', async () => (await taskRow(db, 'yearly')).last_outcome === 'SUCCEEDED');
    expect(await taskRow(db, 'yearly')).toMatchObject({ last_error: null, last_succeeded_at: expect.anything() });
  });

  it('is not one that there is not', async () => {
    await expect(open([]).scheduler.runNow('daily')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('Closing', () => {
  it('aborts what runs, waits for its end, and what was broken off is due again at once', async () => {
    const { task, begun } = held();
    let ended = false;
    const slowToEnd = yearly(async (signal) => {
      await task.run(signal).catch(() => undefined);
      await sql`select pg_sleep(0.1)`.execute(db.sql());
      ended = true;
      signal.throwIfAborted();
    });
    const { scheduler, counted } = open([slowToEnd]);
    await scheduler.list();
    await makeDue(db, 'yearly');
    scheduler.start();
    await until('it runs', () => begun.length === 1);
    await scheduler.close();
    expect(ended).toBe(true);
    expect(counted).toEqual([{ task: 'yearly', outcome: 'aborted' }]);
    const row = await taskRow(db, 'yearly');
    expect(row).toMatchObject({ last_outcome: 'ABORTED', last_error: 'CANCELED: The process is stopping.' });
    expect(new Date(row.next_due_at).getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    let taken = 0;
    open([yearly(async () => void taken++)]).scheduler.start();
    await until('another process has taken it up', () => taken === 1);
  });

  it('may come before anything was begun, and twice', async () => {
    const { scheduler } = open([yearly(async () => undefined)]);
    await scheduler.close();
    scheduler.start();
    await scheduler.close();
    expect(await scheduler.list()).toHaveLength(1);
  });
});

describe('A process that loses its connection at a task', () => {
  it('is told by the signal, and can do it again with another connection', async () => {
    const { task, begun, release } = held();
    const { scheduler, counted } = open([task]);
    const running = scheduler.runNow('yearly');
    await until('it runs', () => begun.length === 1);
    await sql`select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = database
      where locktype = 'advisory' and datname = current_database()`.execute(db.sql());
    expect(await running).toMatchObject({ outcome: 'ABORTED', error: { code: 'DATABASE_CONNECTION_FAILED' } });
    expect(begun[0]?.aborted).toBe(true);
    expect(counted).toEqual([{ task: 'yearly', outcome: 'aborted' }]);
    release();
    expect(await scheduler.runNow('yearly')).toMatchObject({ outcome: 'SUCCEEDED' });
  });
});

describe('The connection that holds the lock', () => {
  const SHORT = { idleTimeoutMs: 400, probeMs: 50, probeTimeoutMs: 300 };

  it('gives signs of life, so that a long run keeps it', async () => {
    const long = yearly(async (signal) => {
      await sleep(1_500);
      signal.throwIfAborted();
    });
    expect(await open([long], { times: SHORT }).scheduler.runNow('yearly')).toMatchObject({ outcome: 'SUCCEEDED' });
  });

  it('is given up when the network falls silent without a word', async () => {
    const proxy = await BreakableProxy.to(url);
    const remote = await openDatabase({ url: proxy.inFrontOf(url), poolMax: 3 });
    const { task, begun } = held();
    const { scheduler } = schedulerOn(remote, [task], { times: SHORT });
    const running = scheduler.runNow('yearly');
    await until('it runs', () => begun.length === 1);
    proxy.freeze();
    await until('the run is told', () => begun[0]?.aborted === true);
    await until('the lock is free', async () => (await advisoryLocks()) === 0);
    proxy.cut();
    expect(await running).toMatchObject({ outcome: 'ABORTED' });
    await scheduler.close();
    await remote.close();
    await proxy.close();
  });
});

describe('A process of its own', () => {
  const children: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const end = once(child, 'close');
      child.kill('SIGKILL');
      await end;
    }
  });

  /** One that is at the task; resolves with it and with what it says. */
  async function atTheTask(): Promise<{ child: ChildProcess; said: () => string }> {
    await open([yearly(async () => undefined)]).scheduler.list();
    await makeDue(db, 'yearly');
    const file = fileURLToPath(new URL('task-alone.ts', import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, url]);
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
    await until('the other process is at the task', () => said.includes('begun'));
    return { child, said: () => said };
  }

  it('that is killed at a task frees it, and another makes up for it after ten minutes', async () => {
    const { child } = await atTheTask();
    const { scheduler } = open([yearly(async () => undefined)]);
    expect(await scheduler.runNow('yearly')).toBeNull();
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from next_due_at - last_started_at)::float8 as seconds from scheduled_tasks`.execute(
      db.sql(),
    );
    expect(rows[0]?.seconds).toBeCloseTo(600, 0);
    child.kill('SIGKILL');
    await until('the lock is free', async () => (await advisoryLocks()) === 0);
    expect(await scheduler.runNow('yearly')).toMatchObject({ outcome: 'SUCCEEDED' });
  });

  it('that stands still at a task loses it; when it goes on it lets go, writes over nothing, and can end', async () => {
    const { child, said } = await atTheTask();
    child.kill('SIGSTOP');
    await until('the lock is free', async () => (await advisoryLocks()) === 0);
    const { scheduler } = open([yearly(async () => undefined)]);
    expect(await scheduler.runNow('yearly')).toMatchObject({ outcome: 'SUCCEEDED' });
    child.kill('SIGCONT');
    await until('it has let go', () => said().includes('aborted'));
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    // Its own end of the run came too late to be written.
    expect(await taskRow(db, 'yearly')).toMatchObject({ run: '2', last_outcome: 'SUCCEEDED' });
  });
});
