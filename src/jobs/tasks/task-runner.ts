import type { TaskOutcome } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { TaskMetrics } from '../../monitoring/metrics.ts';
import { nextTime, type PeriodicTask } from './periodic-task.ts';
import type { ScheduledTaskStore, TaskRun } from './scheduled-task-store.ts';
import type { TaskLock, TaskLocks } from './task-locks.ts';

export interface TaskRunnerParts {
  readonly store: ScheduledTaskStore;
  readonly locks: Pick<TaskLocks, 'tryLock'>;
  readonly metrics: TaskMetrics;
  readonly logger: Logger;
}

export interface RunOptions {
  /** Whether to run the task although it is not due yet. */
  readonly early: boolean;
  /** Aborted when the process stops. */
  readonly closing: AbortSignal;
}

export interface TaskRunOutcome {
  readonly outcome: TaskOutcome;
  /** Why it failed or was aborted. */
  readonly error: AppError | null;
  /** What it has done; null where it does not say so. */
  readonly result: string | null;
  readonly seconds: number;
}

/** A run whose process died is repeated after this delay, and not at once: the run may be what killed the process. */
const RETRY_AFTER_CRASH_MS = 10 * 60_000;

/** One run of a task, from taking the lock to recording the outcome. */
export class TaskRunner {
  readonly #parts: TaskRunnerParts;

  constructor(parts: TaskRunnerParts) {
    this.#parts = parts;
  }

  /** Null where nothing was started: another process runs the task, or has run it. Rejects where the database is unreachable. */
  async run(key: string, task: PeriodicTask, options: RunOptions): Promise<TaskRunOutcome | null> {
    const lock = await this.#parts.locks.tryLock(key);
    if (!lock) return null;
    try {
      return options.closing.aborted ? null : await this.#runLocked(key, task, lock, options);
    } finally {
      await lock.release();
    }
  }

  async #runLocked(key: string, task: PeriodicTask, lock: TaskLock, { early, closing }: RunOptions) {
    const { store, logger } = this.#parts;
    const log = logger.child({ task: task.name });
    const run = await store.begin(key, nextIfCrashed(task, await store.now()), early);
    if (!run) return null;
    log.debug('the task starts');
    const outcome = await outcomeOf(task, AbortSignal.any([closing, lock.lost]));
    this.#reportOutcome(task.name, outcome, log);
    await this.#recordEnd(task, run, outcome, log);
    return outcome;
  }

  #reportOutcome(task: string, { outcome, error, result, seconds }: TaskRunOutcome, log: Logger): void {
    this.#parts.metrics.taskEnded({ task, outcome: outcome.toLowerCase(), seconds });
    if (outcome === 'FAILED') log.error({ err: error, seconds }, 'the task failed; it runs again when it is next due');
    else if (outcome === 'ABORTED') log.info({ err: error, seconds }, 'the task was aborted');
    else log.debug({ seconds, result }, 'the task succeeded');
  }

  /** Where this fails, the task becomes due again as after a crash of its process. */
  async #recordEnd(task: PeriodicTask, run: TaskRun, ended: TaskRunOutcome, log: Logger): Promise<void> {
    const { outcome, error, result } = ended;
    const { store } = this.#parts;
    try {
      const now = await store.now();
      // An aborted task that must not be skipped is run by another process.
      const nextDueAt = outcome === 'ABORTED' && task.catchUp === 'once' ? now : nextTime(task, now);
      await store.end(run, { outcome, error: error && `${error.code}: ${error.message}`, result, nextDueAt });
    } catch (thrown) {
      log.warn({ err: AppError.from(thrown) }, 'the outcome of a task could not be recorded');
    }
  }
}

async function outcomeOf(task: PeriodicTask, signal: AbortSignal): Promise<TaskRunOutcome> {
  const begun = performance.now();
  const ended = (outcome: TaskOutcome, error: AppError | null = null, result: unknown = null) => ({
    outcome,
    error,
    result: typeof result === 'string' ? result : null,
    seconds: (performance.now() - begun) / 1_000,
  });
  try {
    return ended('SUCCEEDED', null, await task.run(signal));
  } catch (thrown) {
    return signal.aborted ? ended('ABORTED', AppError.from(signal.reason)) : ended('FAILED', AppError.from(thrown));
  }
}

function nextIfCrashed(task: PeriodicTask, now: Date): Date {
  const next = nextTime(task, now);
  const afterCrash = new Date(now.getTime() + RETRY_AFTER_CRASH_MS);
  return task.catchUp === 'once' && afterCrash < next ? afterCrash : next;
}
