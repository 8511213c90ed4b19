import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { type DatabaseSessionTimes, openDatabaseSession } from '../../src/db/database-session.ts';
import type { PeriodicTask } from '../../src/jobs/tasks/periodic-task.ts';
import { ScheduledTaskStore } from '../../src/jobs/tasks/scheduled-task-store.ts';
import { Scheduler, type SchedulerParts } from '../../src/jobs/tasks/scheduler.ts';
import { TaskLocks } from '../../src/jobs/tasks/task-locks.ts';
import { createLogger } from '../../src/monitoring/logger.ts';

/** Due once a year by itself, so that a test decides when it is. */
export function yearly(run: PeriodicTask['run'], changes: Partial<PeriodicTask> = {}): PeriodicTask {
  return { name: 'yearly', pattern: '0 0 1 1 *', catchUp: 'once', scope: 'installation', run, ...changes };
}

/** As a process of its own would have it; without jitter, and with what it counted and logged. */
export function schedulerOn(
  db: Database,
  tasks: readonly PeriodicTask[],
  { times, ...changes }: Partial<SchedulerParts> & { times?: DatabaseSessionTimes } = {},
) {
  const counted: { task: string; outcome: string }[] = [];
  const log: Record<string, unknown>[] = [];
  const scheduler = new Scheduler({
    tasks,
    store: new ScheduledTaskStore(db),
    locks: new TaskLocks(db, () => openDatabaseSession(db, times)),
    metrics: { taskEnded: ({ task, outcome }) => void counted.push({ task, outcome }) },
    logger: createLogger({ level: 'info', destination: { write: (line) => log.push(JSON.parse(line)) } }),
    startJitterMs: 0,
    jitterMs: 0,
    ...changes,
  });
  return { scheduler, counted, log };
}

/** Makes a task that was entered due, since so many seconds; it stays due by its own times afterwards. */
export async function makeDue(db: Database, name: string, secondsAgo = 1): Promise<void> {
  await sql`
    update scheduled_tasks set next_due_at = now() - make_interval(secs => ${secondsAgo}) where name = ${name}`.execute(
    db.sql(),
  );
}

export async function taskRow(db: Database, name: string) {
  return await db.sql().selectFrom('scheduled_tasks').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
}
