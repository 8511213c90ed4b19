import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { makeDue, schedulerOn, taskRow, yearly } from '../helpers/schedulers.ts';
import { until } from '../helpers/until.ts';
import { useSchedulers } from './scheduler-setup.ts';

const setup = useSchedulers();
const { open, advisoryLocks, held } = setup;

describe('Closing', () => {
  it('aborts running tasks, waits for their end, and makes aborted tasks due again at once', async () => {
    const { task, begun } = held();
    let ended = false;
    const slowToEnd = yearly(async (signal) => {
      await task.run(signal).catch(() => undefined);
      await sql`select pg_sleep(0.1)`.execute(setup.db.sql());
      ended = true;
      signal.throwIfAborted();
    });
    const { scheduler, counted } = open([slowToEnd]);
    await scheduler.list();
    await makeDue(setup.db, 'yearly');
    scheduler.start();
    await until('it runs', () => begun.length === 1);
    await scheduler.close();
    expect(ended).toBe(true);
    expect(counted).toEqual([{ task: 'yearly', outcome: 'aborted' }]);
    const row = await taskRow(setup.db, 'yearly');
    expect(row).toMatchObject({ last_outcome: 'ABORTED', last_error: 'CANCELED: The process is stopping.' });
    expect(new Date(row.next_due_at).getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    let taken = 0;
    open([yearly(async () => void taken++)]).scheduler.start();
    await until('another process has started it', () => taken === 1);
  });

  it('is possible before any task was started, and twice', async () => {
    const { scheduler } = open([yearly(async () => undefined)]);
    await scheduler.close();
    scheduler.start();
    await scheduler.close();
    expect(await scheduler.list()).toHaveLength(1);
  });
});

describe('A process that loses its connection during a task', () => {
  it('aborts the signal of the task, and can run it again over another connection', async () => {
    const { task, begun, release } = held();
    const { scheduler, counted } = open([task]);
    const running = scheduler.runNow('yearly');
    await until('it runs', () => begun.length === 1);
    await sql`select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = database
      where locktype = 'advisory' and datname = current_database()`.execute(setup.db.sql());
    expect(await running).toMatchObject({ outcome: 'ABORTED', error: { code: 'DATABASE_CONNECTION_FAILED' } });
    expect(begun[0]?.aborted).toBe(true);
    expect(counted).toEqual([{ task: 'yearly', outcome: 'aborted' }]);
    release();
    // PostgreSQL reports the end of a connection before it frees its locks.
    const isRun = async () => (await scheduler.runNow('yearly'))?.outcome === 'SUCCEEDED';
    await until('it runs again', isRun);
  });
});

describe('The connection that holds the lock', () => {
  const SHORT = { idleTimeoutMs: 400, probeMs: 50, probeTimeoutMs: 300 };

  it('sends keepalive queries, so that a long run keeps it', async () => {
    const long = yearly(async (signal) => {
      // Time itself is tested: twice as long as a connection may be idle.
      await sleep(2 * SHORT.idleTimeoutMs);
      signal.throwIfAborted();
    });
    expect(await open([long], { times: SHORT }).scheduler.runNow('yearly')).toMatchObject({ outcome: 'SUCCEEDED' });
  });

  it('is given up when the network silently stops delivering', async () => {
    const proxy = await BreakableProxy.to(setup.url);
    const remote = await openDatabase({ url: proxy.inFrontOf(setup.url), poolMax: 3 });
    const { task, begun } = held();
    const { scheduler } = schedulerOn(remote, [task], { times: SHORT });
    const running = scheduler.runNow('yearly');
    await until('it runs', () => begun.length === 1);
    proxy.freeze();
    await until('the run is aborted', () => begun[0]?.aborted === true);
    await until('the lock is free', async () => (await advisoryLocks()) === 0);
    proxy.cut();
    expect(await running).toMatchObject({ outcome: 'ABORTED' });
    await scheduler.close();
    await remote.close();
    await proxy.close();
  });
});

describe('A separate process', () => {
  const children: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const end = once(child, 'close');
      child.kill('SIGKILL');
      await end;
    }
  });

  /** Starts a process that runs the task; resolves with it and with its output. */
  async function runningTask(): Promise<{ child: ChildProcess; output: () => string }> {
    await open([yearly(async () => undefined)]).scheduler.list();
    await makeDue(setup.db, 'yearly');
    const file = fileURLToPath(new URL('task-alone.ts', import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, setup.url]);
    children.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    await until('the other process runs the task', () => output.includes('begun'));
    return { child, output: () => output };
  }

  it('that is killed during a task releases it, and another runs it again after ten minutes', async () => {
    const { child } = await runningTask();
    const { scheduler } = open([yearly(async () => undefined)]);
    expect(await scheduler.runNow('yearly')).toBeNull();
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from next_due_at - last_started_at)::float8 as seconds from scheduled_tasks`.execute(
      setup.db.sql(),
    );
    expect(rows[0]?.seconds).toBeCloseTo(600, 0);
    child.kill('SIGKILL');
    await until('the lock is free', async () => (await advisoryLocks()) === 0);
    expect(await scheduler.runNow('yearly')).toMatchObject({ outcome: 'SUCCEEDED' });
  });

  it('that is stopped during a task loses it; when it continues it aborts the task, overwrites nothing, and can exit', async () => {
    const { child, output } = await runningTask();
    child.kill('SIGSTOP');
    await until('the lock is free', async () => (await advisoryLocks()) === 0);
    const { scheduler } = open([yearly(async () => undefined)]);
    expect(await scheduler.runNow('yearly')).toMatchObject({ outcome: 'SUCCEEDED' });
    child.kill('SIGCONT');
    await until('it has aborted the task', () => output().includes('aborted'));
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    // Its own outcome of the run came too late to be written.
    expect(await taskRow(setup.db, 'yearly')).toMatchObject({ run: 2, last_outcome: 'SUCCEEDED' });
  });
});
