import type { TaskOutcome } from '../entities/enums.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { TaskMetrics } from '../monitoring/metrics.ts';
import { nextTime, type ScheduledTask } from './scheduled-task.ts';
import type { TaskBook, TaskRun } from './task-book.ts';
import type { TaskHold, TaskLocks } from './task-locks.ts';

export interface TaskRunnerParts {
  readonly book: TaskBook;
  readonly locks: Pick<TaskLocks, 'tryHold'>;
  readonly metrics: TaskMetrics;
  readonly logger: Logger;
}

export interface RunOptions {
  /** Also where the task is not due yet. */
  readonly early: boolean;
  /** Aborted when the process stops. */
  readonly closing: AbortSignal;
}

export interface TaskRunOutcome {
  readonly outcome: TaskOutcome;
  /** Why it failed or was broken off. */
  readonly error: AppError | null;
  readonly seconds: number;
}

/** A run whose process died is made up for so soon, and not at once: it may be what killed the process. */
const AFTER_DEATH_MS = 10 * 60_000;

/** One run of a task, from the lock to what is written down of it. */
export class TaskRunner {
  readonly #parts: TaskRunnerParts;

  constructor(parts: TaskRunnerParts) {
    this.#parts = parts;
  }

  /** Null where nothing was begun: somebody else is at it, or has done it. Rejects where the database is away. */
  async run(key: string, task: ScheduledTask, options: RunOptions): Promise<TaskRunOutcome | null> {
    const hold = await this.#parts.locks.tryHold(key);
    if (!hold) return null;
    try {
      return options.closing.aborted ? null : await this.#runHeld(key, task, hold, options);
    } finally {
      await hold.release();
    }
  }

  async #runHeld(key: string, task: ScheduledTask, hold: TaskHold, { early, closing }: RunOptions) {
    const { book, logger } = this.#parts;
    const log = logger.child({ task: task.name });
    const run = await book.begin(key, untilNext(task, await book.now()), early);
    if (!run) return null;
    log.debug('the task begins');
    const outcome = await outcomeOf(task, AbortSignal.any([closing, hold.lost]));
    this.#tell(task.name, outcome, log);
    await this.#writeDown(task, run, outcome, log);
    return outcome;
  }

  #tell(task: string, { outcome, error, seconds }: TaskRunOutcome, log: Logger): void {
    this.#parts.metrics.taskEnded({ task, outcome: outcome.toLowerCase(), seconds });
    if (outcome === 'FAILED')
      log.error({ err: error, seconds }, 'the task failed; it is done again when it is next due');
    else if (outcome === 'ABORTED') log.info({ err: error, seconds }, 'the task was broken off');
    else log.debug({ seconds }, 'the task is done');
  }

  /** Where that fails it is due again as after a death of its process. */
  async #writeDown(task: ScheduledTask, run: TaskRun, { outcome, error }: TaskRunOutcome, log: Logger): Promise<void> {
    const { book } = this.#parts;
    try {
      const now = await book.now();
      // What was broken off and matters is taken up by another process.
      const nextDueAt = outcome === 'ABORTED' && task.catchUp === 'once' ? now : nextTime(task, now);
      await book.end(run, { outcome, error: error && `${error.code}: ${error.message}`, nextDueAt });
    } catch (thrown) {
      log.warn({ err: AppError.from(thrown) }, 'the end of a task could not be written down');
    }
  }
}

async function outcomeOf(task: ScheduledTask, signal: AbortSignal): Promise<TaskRunOutcome> {
  const begun = performance.now();
  const ended = (outcome: TaskOutcome, error: AppError | null = null) => ({
    outcome,
    error,
    seconds: (performance.now() - begun) / 1_000,
  });
  try {
    await task.run(signal);
    return ended('SUCCEEDED');
  } catch (thrown) {
    return signal.aborted ? ended('ABORTED', AppError.from(signal.reason)) : ended('FAILED', AppError.from(thrown));
  }
}

function untilNext(task: ScheduledTask, now: Date): Date {
  const next = nextTime(task, now);
  const afterDeath = new Date(now.getTime() + AFTER_DEATH_MS);
  return task.catchUp === 'once' && afterDeath < next ? afterDeath : next;
}
