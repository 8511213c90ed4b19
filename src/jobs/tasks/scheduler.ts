import { hostname } from 'node:os';
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
  /** What sets tasks of scope `machine` apart; the host's name where left out. */
  readonly machine?: string;
  /** Processes that start at once, and those that wait for the same moment, look apart by up to so much. */
  readonly startJitterMs?: number;
  readonly jitterMs?: number;
  /** From one look to the next at most. */
  readonly pollMs?: number;
}

/** A look at least so often: another process may have died at a task, or a command have run one. */
const POLL_MS = 15_000;
const START_JITTER_MS = 3_000;
const JITTER_MS = 500;
/** What is later than this was missed: looks, jitter and a busy machine make no task so late. */
const MISSED_SECONDS = 120;

/** Runs each task when it is due: one run at a time, in one process, however many there are. */
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
    if (this.#byKey.size < tasks.length) throw new AppError('CONFIG_INVALID', 'Two tasks have the same name.');
    for (const task of tasks) nextTime(task, new Date());
    this.#runner = new TaskRunner(parts);
  }

  start(): void {
    this.#schedule(Math.random() * (this.#parts.startJitterMs ?? START_JITTER_MS));
  }

  /** The tasks as they stand, in the order of their names. */
  async list(): Promise<(ScheduledTaskState & Pick<PeriodicTask, 'name'>)[]> {
    await this.#register();
    const facts = await this.#parts.store.list([...this.#byKey.keys()]);
    return facts.map((each) => ({ ...each, name: this.#byKey.get(each.key)?.name ?? each.key }));
  }

  /** Runs a task now, due or not. Null where it is under way already, here or elsewhere. Throws NOT_FOUND. */
  async runNow(name: string): Promise<TaskRunOutcome | null> {
    const [found] = [...this.#byKey].filter(([, task]) => task.name === name);
    if (!found) throw new AppError('NOT_FOUND', `There is no task "${name}".`);
    const [key, task] = found;
    if (this.#running.has(key)) return null;
    await this.#register();
    return await this.#track(key, this.#runner.run(key, task, { early: true, closing: this.#closing.signal }));
  }

  /** Begins nothing new, aborts what runs, and waits until it has ended. */
  async close(): Promise<void> {
    this.#closing.abort(new AppError('CANCELED', 'The process is stopping.', { retriable: true }));
    clearTimeout(this.#timer);
    await this.#polling;
    await Promise.allSettled(this.#running.values());
  }

  /** Keeps a look that is planned for sooner. */
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
      this.#parts.logger.warn({ err: AppError.from(thrown) }, 'could not look for tasks that are due');
      this.#schedule(this.#pollMs);
    }
  }

  /** Begins what is due. Returns how long to wait for the next look. */
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
      // Its next time may be sooner than the look that is planned.
      (outcome) => (outcome ? this.#schedule(this.#jitter()) : undefined),
      (thrown: unknown) =>
        this.#parts.logger.warn({ err: AppError.from(thrown), task: task.name }, 'a task could not be begun'),
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
