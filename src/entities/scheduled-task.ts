import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { TaskOutcome } from './enums.ts';

/** A periodic task: when it is due, and the result of its newest run. Times are by the database's clock. */
export const ScheduledTask = defineEntity({
  name: 'ScheduledTask',
  tableName: 'scheduled_tasks',
  properties: {
    /** With `@hostname` appended where each machine has its own. */
    name: p.string().length(320).primary(),
    /** The cron pattern and its time zone, from which `nextDueAt` was computed. */
    schedule: p.string().length(200),
    /** Incremented by each run; a run that is no longer the newest writes nothing. */
    run: p.bigint('number').default(0),
    nextDueAt: p.datetime(3),
    lastStartedAt: p.datetime(3).nullable(),
    /** Null while a run is in progress, and after one whose process crashed. */
    lastFinishedAt: p.datetime(3).nullable(),
    lastSucceededAt: p.datetime(3).nullable(),
    lastOutcome: p.string().length(10).$type<TaskOutcome>().nullable(),
    /** Code and message of the newest run, where it failed. */
    lastError: p.text().nullable(),
    /** What the newest run has done, where it succeeded and says so. */
    lastResult: p.text().nullable(),
  },
});
export type ScheduledTask = InferEntity<typeof ScheduledTask>;
