import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { PeriodicTask } from '../../src/jobs/tasks/periodic-task.ts';
import { ScheduledTaskStore } from '../../src/jobs/tasks/scheduled-task-store.ts';
import { TaskLocks } from '../../src/jobs/tasks/task-locks.ts';
import { TaskRunner } from '../../src/jobs/tasks/task-runner.ts';
import { silent } from '../helpers/job-fixture.ts';
import { makeDue, schedulerOn, taskRow, yearly } from '../helpers/schedulers.ts';
import { until } from '../helpers/until.ts';
import { useSchedulers } from './scheduler-setup.ts';

const setup = useSchedulers();
const { open, held, finished } = setup;

describe('A task that is due', () => {
  it('is run by one of five processes, which does not run it again', async () => {
    let runs = 0;
    const quick = yearly(async () => void runs++);
    const five = Array.from({ length: 5 }, () => open([quick]));
    await Promise.all(five.map(({ scheduler }) => scheduler.list()));
    await makeDue(setup.db, 'yearly');
    for (const { scheduler } of five) scheduler.start();
    await until('it has run', finished);
    // The others have checked by now too, or do so while they close.
    await Promise.all(five.map(({ scheduler }) => scheduler.close()));
    expect(runs).toBe(1);
    expect(five.flatMap(({ counted }) => counted)).toEqual([{ task: 'yearly', outcome: 'succeeded' }]);
    const row = await taskRow(setup.db, 'yearly');
    expect(row).toMatchObject({ run: 1, last_outcome: 'SUCCEEDED', last_error: null });
    expect(new Date(row.next_due_at).getTime()).toBe(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1));
  });

  it('is not run again by a process that checks after the first has run it', async () => {
    let runs = 0;
    const quick = yearly(async () => void runs++);
    const [first, second] = [open([quick]), open([quick])];
    await first.scheduler.list();
    await makeDue(setup.db, 'yearly');
    first.scheduler.start();
    await until('it has run', finished);
    const looking = vi.spyOn(second.scheduler, 'list');
    second.scheduler.start();
    await until('the second has checked', () => looking.mock.settledResults.length > 0);
    await second.scheduler.close();
    expect(runs).toBe(1);
  });

  it('is not run again by a process that found it due at the same time, and waited for the lock', async () => {
    let runs = 0;
    const quick = yearly(async () => void runs++);
    await open([quick]).scheduler.list();
    await makeDue(setup.db, 'yearly');
    const locks = new TaskLocks(setup.db);
    const runner = new TaskRunner({
      store: new ScheduledTaskStore(setup.db),
      locks,
      metrics: { taskEnded: () => undefined },
      logger: silent,
    });
    const due = { early: false, closing: new AbortController().signal };
    expect(await runner.run('yearly', quick, due)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await runner.run('yearly', quick, due)).toBeNull();
    expect(runs).toBe(1);
  });

  it('does not run twice at once, neither in this process nor in another, however overdue it is', async () => {
    const { task, begun, release } = held();
    const [first, second] = [open([task]), open([task])];
    await first.scheduler.list();
    await makeDue(setup.db, 'yearly');
    first.scheduler.start();
    await until('it runs', () => begun.length === 1);
    await makeDue(setup.db, 'yearly');
    expect(await first.scheduler.runNow('yearly')).toBeNull();
    expect(await second.scheduler.runNow('yearly')).toBeNull();
    expect(begun).toHaveLength(1);
    expect(await finished()).toBe(false);
    release();
    await until('it has run', finished);
  });

  it('has no open transaction and locks no rows while it runs', async () => {
    const { task, begun, release } = held();
    const { scheduler } = open([task]);
    const running = scheduler.runNow('yearly');
    await until('it runs', () => begun.length === 1);
    const { rows } = await sql<{ state: string; settled: boolean }>`
      select state, backend_xmin is null and xact_start is null as settled from pg_stat_activity
      where datname = current_database() and pid in (select pid from pg_locks where locktype = 'advisory')`.execute(
      setup.db.sql(),
    );
    expect(rows).toEqual([{ state: 'idle', settled: true }]);
    release();
    await running;
  });

  it('does not delay another task', async () => {
    const { task, begun } = held();
    const { scheduler } = open([task, yearly(async () => undefined, { name: 'quick' })]);
    await scheduler.list();
    await makeDue(setup.db, 'yearly');
    await makeDue(setup.db, 'quick');
    scheduler.start();
    await until('the other has run', () => finished('quick'));
    await until('the first runs', () => begun.length === 1);
    expect(await finished()).toBe(false);
  });

  it('runs repeatedly at its times, in any process that is running', async () => {
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
    const { run, last_started_at: started } = await taskRow(setup.db, 'yearly');
    expect(Number(run)).toBeGreaterThan(before);
    expect(new Date(started ?? 0).getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  });
});

describe('Each machine', () => {
  it('runs its own tasks, in one of its processes', async () => {
    const runs: string[] = [];
    const own = (machine: string) =>
      open([yearly(async () => void runs.push(machine), { scope: 'machine' })], { machine });
    const processes = [own('one'), own('one'), own('two')];
    await Promise.all(processes.map(({ scheduler }) => scheduler.list()));
    await makeDue(setup.db, 'yearly@one');
    await makeDue(setup.db, 'yearly@two');
    for (const { scheduler } of processes) scheduler.start();
    await until('both have run', async () => (await finished('yearly@one')) && (await finished('yearly@two')));
    await Promise.all(processes.map(({ scheduler }) => scheduler.close()));
    expect(runs.toSorted()).toEqual(['one', 'two']);
    expect(processes.flatMap(({ counted }) => counted.map(({ task }) => task))).toEqual(['yearly', 'yearly']);
  });
});

describe('A run that was missed while no process was running', () => {
  const DAY = 86_400;

  it('is repeated once, however many were missed', async () => {
    let runs = 0;
    const { scheduler } = open([yearly(async () => void runs++, { pattern: '0 * * * *' })]);
    await scheduler.list();
    await makeDue(setup.db, 'yearly', 30 * DAY);
    scheduler.start();
    await until('it has run', finished);
    await scheduler.close();
    expect(runs).toBe(1);
    expect(new Date((await taskRow(setup.db, 'yearly')).next_due_at).getTime()).toBeGreaterThan(Date.now());
  });

  it('is skipped where the task is configured so, but not where it is only late', async () => {
    let runs = 0;
    const { scheduler } = open([yearly(async () => void runs++, { catchUp: 'skip' })]);
    await scheduler.list();
    await makeDue(setup.db, 'yearly', 130);
    scheduler.start();
    await until('it is skipped', async () => new Date((await taskRow(setup.db, 'yearly')).next_due_at) > new Date());
    expect(runs).toBe(0);
    await scheduler.close();

    const later = open([yearly(async () => void runs++, { catchUp: 'skip' })]);
    await makeDue(setup.db, 'yearly', 100);
    later.scheduler.start();
    await until('it has run', () => runs === 1);
  });

  it('does not include the first run of a new task', async () => {
    let runs = 0;
    const { scheduler } = open([yearly(async () => void runs++)]);
    const looking = vi.spyOn(scheduler, 'list');
    scheduler.start();
    await until('it has checked', () => looking.mock.settledResults.length > 0);
    await scheduler.close();
    expect(runs).toBe(0);
  });
});

describe('A schedule that was changed', () => {
  it('takes effect at the next start, and one that was not changed keeps the next time', async () => {
    await open([yearly(async () => undefined)]).scheduler.list();
    await makeDue(setup.db, 'yearly');
    const overdue = (await taskRow(setup.db, 'yearly')).next_due_at;
    await open([yearly(async () => undefined)]).scheduler.list();
    expect((await taskRow(setup.db, 'yearly')).next_due_at).toEqual(overdue);
    await open([yearly(async () => undefined, { pattern: '0 0 1 7 *' })]).scheduler.list();
    expect(new Date((await taskRow(setup.db, 'yearly')).next_due_at).getUTCMonth()).toBe(6);
  });

  it('must be valid, and two tasks must not share a name', () => {
    const task = yearly(async () => undefined);
    const opening = (...tasks: PeriodicTask[]) => expect(() => schedulerOn(setup.db, tasks));
    opening({ ...task, pattern: 'now and then' }).toThrow(
      'The task yearly has no valid schedule: "now and then" in UTC',
    );
    opening({ ...task, pattern: '0 0 31 2 *' }).toThrow('The task yearly is never due: "0 0 31 2 *" in UTC');
    opening(task, { ...task, scope: 'machine' }).toThrow('Two tasks have the name "yearly"');
  });
});

describe('A task that fails', () => {
  it('is counted, logged and recorded, and runs at its next time', async () => {
    let runs = 0;
    const task = yearly(async () => {
      if (++runs === 1) throw new AppError('STORAGE_ERROR', 'The disk does not respond.');
    });
    const { scheduler, counted, log } = open([task]);
    expect(await scheduler.runNow('yearly')).toMatchObject({ outcome: 'FAILED', error: { code: 'STORAGE_ERROR' } });
    expect(await taskRow(setup.db, 'yearly')).toMatchObject({
      last_outcome: 'FAILED',
      last_error: 'STORAGE_ERROR: The disk does not respond.',
      last_succeeded_at: null,
    });
    expect(log).toEqual([expect.objectContaining({ level: 'ERROR', task: 'yearly' })]);
    await makeDue(setup.db, 'yearly');
    scheduler.start();
    await until('it has run again', () => counted.length === 2);
    expect(counted.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
    await until(
      'the outcome is recorded',
      async () => (await taskRow(setup.db, 'yearly')).last_outcome === 'SUCCEEDED',
    );
    expect(await taskRow(setup.db, 'yearly')).toMatchObject({ last_error: null, last_succeeded_at: expect.anything() });
  });

  it('is refused where its name is unknown', async () => {
    await expect(open([yearly(async () => undefined)]).scheduler.runNow('daily')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no task "daily". The tasks are yearly.',
    });
  });
});
