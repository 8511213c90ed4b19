import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import type { PeriodicTask } from '../../src/jobs/tasks/periodic-task.ts';
import type { Scheduler } from '../../src/jobs/tasks/scheduler.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';
import { schedulerOn, taskRow, yearly } from '../helpers/schedulers.ts';

/** A database for the tests of a file, and schedulers that are closed after each test. */
export function useSchedulers() {
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

  /** A task that runs until the test releases it, or it is aborted. */
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

  return {
    get url() {
      return url;
    },
    get db() {
      return db;
    },
    open,
    advisoryLocks,
    held,
    finished,
  };
}
