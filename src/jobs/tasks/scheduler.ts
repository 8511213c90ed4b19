import { hostname } from 'node:os';
import { connectionFailure } from '../../db/database-errors.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { TaskMetrics } from '../../monitoring/metrics.ts';
import { keyOf, nextTime, type PeriodicTask, scheduleOf } from './periodic-task.ts';
import type { ScheduledTaskState, ScheduledTaskStore } from './scheduled-task-store.ts';
import type { TaskLocks } from './task-locks.ts';
import { TaskRunner, type TaskRunOutcome } from './task-runner.ts';

export interface SchedulerParts {
  readonly tasks: readonly PeriodicTask[];
  readonly store: ScheduledTaskStore;
  readonly locks: TaskLocks;
  readonly metrics: TaskMetrics;
  readonly logger: Logger;
  /** Distinguishes the tasks of scope `machine`; the host's name where left out. */
  readonly machine?: string;
  /** The maximum random delay that separates the checks of processes that start at once or wait for the same time. */
  readonly startJitterMs?: number;
  readonly jitterMs?: number;
  /** The maximum time between two checks. */
  readonly pollMs?: number;
}

/** The minimum frequency of checks: another process may have died during a task, or a command have run one. */
const POLL_MS = 15_000;
const START_JITTER_MS = 3_000;
const JITTER_MS = 500;
/** A run that is later than this counts as missed: checks, jitter and a busy machine delay a task less. */
const MISSED_SECONDS = 120;

/** Runs each task when it is due: one run at a time, in one process, however many processes there are. */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #byKey: ReadonlyMap<string, PeriodicTask>;
  readonly #runner: TaskRunner;
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #plannedFor = Number.POSITIVE_INFINITY;
  #polling: Promise<void> = Promise.resolve();
  #isRegistered = false;

  /** Throws CONFIG_INVALID for a task that can never be due, and for two of the same name. */
  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    const { tasks, machine = hostname() } = parts;
    this.#byKey = new Map(tasks.map((task) => [keyOf(task, machine), task]));
    const names = tasks.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined)
      throw new AppError('CONFIG_INVALID', `Two tasks have the name "${twice}": give one of them another name.`);
    for (const task of tasks) nextTime(task, new Date());
    this.#runner = new TaskRunner(parts);
  }

  start(): void {
    this.#schedule(Math.random() * (this.#parts.startJitterMs ?? START_JITTER_MS));
  }

  /** The current state of the tasks, sorted by name. */
  async list(): Promise<(ScheduledTaskState & Pick<PeriodicTask, 'name'>)[]> {
    await this.#register();
    const facts = await this.#parts.store.list([...this.#byKey.keys()]);
    return facts.map((each) => ({ ...each, name: this.#byKey.get(each.key)?.name ?? each.key }));
  }

  /** Runs a task now, due or not. Null where it is already running, here or elsewhere. Throws NOT_FOUND. */
  async runNow(name: string): Promise<TaskRunOutcome | null> {
    const [found] = [...this.#byKey].filter(([, task]) => task.name === name);
    if (!found) {
      const names = Array.from(this.#byKey.values(), (task) => task.name);
      throw new AppError('NOT_FOUND', `There is no task "${name}". The tasks are ${names.join(', ')}.`);
    }
    const [key, task] = found;
    if (this.#running.has(key)) return null;
    await this.#register();
    return await this.#track(key, this.#runner.run(key, task, { early: true, closing: this.#closing.signal }));
  }

  /** Starts nothing new, aborts running tasks, and waits until they have ended. */
  async close(): Promise<void> {
    this.#closing.abort(new AppError('CANCELED', 'The process is stopping.', { retriable: true }));
    clearTimeout(this.#timer);
    await this.#polling;
    await Promise.allSettled(this.#running.values());
  }

  /** Does not postpone a check that is planned for an earlier time. */
  #schedule(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (this.#closing.signal.aborted || at >= this.#plannedFor) return;
    clearTimeout(this.#timer);
    this.#plannedFor = at;
    this.#timer = setTimeout(() => {
      this.#plannedFor = Number.POSITIVE_INFINITY;
      this.#polling = this.#polling.then(() => this.#pollAndSchedule());
    }, milliseconds);
  }

  async #pollAndSchedule(): Promise<void> {
    try {
      this.#schedule(await this.#poll());
    } catch (thrown) {
      this.#parts.logger.warn(
        { err: AppError.from(connectionFailure(thrown)) },
        'could not check for tasks that are due',
      );
      this.#schedule(this.#pollMs);
    }
  }

  /** Starts the tasks that are due. Returns how long to wait for the next check. */
  async #poll(): Promise<number> {
    let wait = this.#pollMs;
    for (const facts of await this.list()) {
      if (facts.dueInSeconds > 0) wait = Math.min(wait, facts.dueInSeconds * 1_000 + this.#jitter());
      else await this.#startDue(facts);
    }
    return wait;
  }

  async #startDue({ key, dueInSeconds }: ScheduledTaskState): Promise<void> {
    const task = this.#byKey.get(key);
    if (!task || this.#running.has(key) || this.#closing.signal.aborted) return;
    const { store } = this.#parts;
    if (task.catchUp === 'skip' && dueInSeconds < -MISSED_SECONDS)
      return await store.skip(key, nextTime(task, await store.now()));
    const running = this.#track(key, this.#runner.run(key, task, { early: false, closing: this.#closing.signal }));
    running.then(
      // Its next run may be due before the next planned check.
      (outcome) => (outcome ? this.#schedule(this.#jitter()) : undefined),
      (thrown: unknown) =>
        this.#parts.logger.warn(
          { err: AppError.from(connectionFailure(thrown)), task: task.name },
          'a task could not be started',
        ),
    );
  }

  async #track<T>(key: string, running: Promise<T>): Promise<T> {
    this.#running.set(key, running);
    try {
      return await running;
    } finally {
      this.#running.delete(key);
    }
  }

  async #register(): Promise<void> {
    if (this.#isRegistered) return;
    const now = await this.#parts.store.now();
    for (const [key, task] of this.#byKey)
      await this.#parts.store.register({ key, schedule: scheduleOf(task), nextDueAt: nextTime(task, now) });
    this.#isRegistered = true;
  }

  get #pollMs(): number {
    return this.#parts.pollMs ?? POLL_MS;
  }

  #jitter(): number {
    return Math.random() * (this.#parts.jitterMs ?? JITTER_MS);
  }
}
