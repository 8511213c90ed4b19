import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { nowOf } from '../../db/orm.ts';
import type { TaskOutcome } from '../../entities/enums.ts';

/** The current state of a task. Times are by the database's clock. */
export interface ScheduledTaskState {
  readonly key: string;
  readonly schedule: string;
  readonly nextDueAt: Date;
  /** Negative where it is overdue. */
  readonly dueInSeconds: number;
  readonly lastStartedAt: Date | null;
  /** Null during a run, and after one whose process died. */
  readonly lastFinishedAt: Date | null;
  readonly lastSucceededAt: Date | null;
  readonly lastOutcome: TaskOutcome | null;
  readonly lastError: string | null;
  /** What the newest run has done, where it succeeded and says so. */
  readonly lastResult: string | null;
}

/** One run of a task. A later run has a higher number; this one may then write no more. */
export interface TaskRun {
  readonly key: string;
  readonly number: number;
}

export interface TaskEnd {
  readonly outcome: TaskOutcome;
  /** The error, for operators, where the run failed. */
  readonly error: string | null;
  /** What the run has done. */
  readonly result: string | null;
  readonly nextDueAt: Date;
}

/** The table of periodic tasks. */
export class ScheduledTaskStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The database's clock. */
  async now(): Promise<Date> {
    return await nowOf(this.#db.em());
  }

  /** Inserts a new task; a task whose schedule was changed becomes due by its new one. */
  async register({
    key,
    schedule,
    nextDueAt,
  }: Pick<ScheduledTaskState, 'key' | 'schedule' | 'nextDueAt'>): Promise<void> {
    await this.#db
      .sql()
      .insertInto('scheduled_tasks')
      .values({ name: key, schedule, next_due_at: nextDueAt })
      .onConflict((known) =>
        known
          .column('name')
          .doUpdateSet({ schedule, next_due_at: nextDueAt })
          .where('scheduled_tasks.schedule', '<>', schedule),
      )
      .execute();
  }

  /** Those of the tasks that have a row, by name. */
  async list(keys: readonly string[]): Promise<ScheduledTaskState[]> {
    const { rows } = await sql<ScheduledTaskState>`
      select name as key, schedule, extract(epoch from next_due_at - now())::float8 as "dueInSeconds",
        next_due_at as "nextDueAt", last_started_at as "lastStartedAt", last_finished_at as "lastFinishedAt",
        last_succeeded_at as "lastSucceededAt", last_outcome as "lastOutcome", last_error as "lastError",
        last_result as "lastResult"
      from scheduled_tasks where name = any(${[...keys]}) order by name`.execute(this.#db.sql());
    return rows;
  }

  /**
   * Starts a run where the task is due (or `early`); null where another process started it first. `untilNext` is the delay until
   * the task is due again should this process die during the run.
   */
  async begin(key: string, untilNext: Date, early: boolean): Promise<TaskRun | null> {
    const { rows } = await sql<TaskRun>`
      update scheduled_tasks set run = run + 1, next_due_at = ${untilNext}, last_started_at = now(),
        last_finished_at = null, last_outcome = null, last_error = null, last_result = null
      where name = ${key} and (next_due_at <= now() or ${early}) returning name as key, run as number`.execute(
      this.#db.sql(),
    );
    return rows[0] ?? null;
  }

  /** False where another run has started meanwhile. */
  async end({ key, number }: TaskRun, { outcome, error, result, nextDueAt }: TaskEnd): Promise<boolean> {
    const { rows } = await sql`
      update scheduled_tasks set last_finished_at = now(), last_outcome = ${outcome}, last_error = ${error},
        last_result = ${result}, next_due_at = ${nextDueAt}, last_succeeded_at = case when ${outcome === 'SUCCEEDED'} then now() else last_succeeded_at end
      where name = ${key} and run = ${number} returning 1`.execute(this.#db.sql());
    return rows.length === 1;
  }

  /** Skips a missed run, unless another process has already started it. */
  async skip(key: string, nextDueAt: Date): Promise<void> {
    await sql`
      update scheduled_tasks set next_due_at = ${nextDueAt}
      where name = ${key} and next_due_at <= now()`.execute(this.#db.sql());
  }

  /** When each task last succeeded, by name without machine; those that never did are left out. */
  async lastSuccesses(): Promise<{ readonly task: string; readonly at: Date }[]> {
    const { rows } = await sql<{ task: string; at: Date }>`
      select split_part(name, '@', 1) as task, max(last_succeeded_at) as at
      from scheduled_tasks where last_succeeded_at is not null group by 1`.execute(this.#db.sql());
    return rows;
  }
}
