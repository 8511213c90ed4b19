import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { type DatabaseSessionTimes, openDatabaseSession } from '../../src/db/database-session.ts';
import type { PeriodicTask } from '../../src/jobs/tasks/periodic-task.ts';
import { ScheduledTaskStore } from '../../src/jobs/tasks/scheduled-task-store.ts';
import { Scheduler, type SchedulerParts } from '../../src/jobs/tasks/scheduler.ts';
import { TaskLocks } from '../../src/jobs/tasks/task-locks.ts';
import { createLogger } from '../../src/monitoring/logger.ts';

/** Due once a year by itself, so that a test decides when it is due. */
export function yearly(run: PeriodicTask['run'], changes: Partial<PeriodicTask> = {}): PeriodicTask {
  return { name: 'yearly', pattern: '0 0 1 1 *', catchUp: 'once', scope: 'installation', run, ...changes };
}

/** A scheduler as in a separate process; without jitter, and with its counters and its log. */
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

/** Makes a stored task due for this many seconds; afterwards it is due by its own schedule. */
export async function makeDue(db: Database, name: string, secondsAgo = 1): Promise<void> {
  await sql`
    update scheduled_tasks set next_due_at = now() - make_interval(secs => ${secondsAgo}) where name = ${name}`.execute(
    db.sql(),
  );
}

export async function taskRow(db: Database, name: string) {
  return await db.sql().selectFrom('scheduled_tasks').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
}
