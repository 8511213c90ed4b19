import { hostname } from 'node:os';
import { AppError } from '../errors.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { TaskMetrics } from '../monitoring/metrics.ts';
import { keyOf, nextTime, type ScheduledTask, scheduleOf } from './scheduled-task.ts';
import type { TaskBook, TaskFacts } from './task-book.ts';
import type { TaskLocks } from './task-locks.ts';
import { TaskRunner, type TaskRunOutcome } from './task-runner.ts';

export interface SchedulerParts {
  readonly tasks: readonly ScheduledTask[];
  readonly book: TaskBook;
  readonly locks: TaskLocks;
  readonly metrics: TaskMetrics;
  readonly logger: Logger;
  /** What sets tasks of scope `machine` apart; the host's name where left out. */
  readonly machine?: string;
  /** Processes that start at once, and those that wait for the same moment, look apart by up to so much. */
  readonly startJitterMs?: number;
  readonly jitterMs?: number;
  /** From one look to the next at most. */
  readonly lookMs?: number;
}

/** A look at least so often: another process may have died at a task, or a command have run one. */
const LOOK_MS = 15_000;
const START_JITTER_MS = 3_000;
const JITTER_MS = 500;
/** What is later than this was missed: looks, jitter and a busy machine make no task so late. */
const MISSED_SECONDS = 120;

/** Runs each task when it is due: one run at a time, in one process, however many there are. */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #byKey: ReadonlyMap<string, ScheduledTask>;
  readonly #runner: TaskRunner;
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #plannedFor = Number.POSITIVE_INFINITY;
  #looking: Promise<void> = Promise.resolve();
  #entered = false;

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
    this.#plan(Math.random() * (this.#parts.startJitterMs ?? START_JITTER_MS));
  }

  /** The tasks as they stand, in the order of their names. */
  async list(): Promise<(TaskFacts & Pick<ScheduledTask, 'name'>)[]> {
    await this.#enter();
    const facts = await this.#parts.book.look([...this.#byKey.keys()]);
    return facts.map((each) => ({ ...each, name: this.#byKey.get(each.key)?.name ?? each.key }));
  }

  /** Runs a task now, due or not. Null where it is under way already, here or elsewhere. Throws NOT_FOUND. */
  async runNow(name: string): Promise<TaskRunOutcome | null> {
    const [found] = [...this.#byKey].filter(([, task]) => task.name === name);
    if (!found) throw new AppError('NOT_FOUND', `There is no task "${name}".`);
    const [key, task] = found;
    if (this.#running.has(key)) return null;
    await this.#enter();
    return await this.#track(key, this.#runner.run(key, task, { early: true, closing: this.#closing.signal }));
  }

  /** Begins nothing new, aborts what runs, and waits until it has ended. */
  async close(): Promise<void> {
    this.#closing.abort(new AppError('CANCELED', 'The process is stopping.', { retriable: true }));
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.allSettled(this.#running.values());
  }

  /** Keeps a look that is planned for sooner. */
  #plan(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (this.#closing.signal.aborted || at >= this.#plannedFor) return;
    clearTimeout(this.#timer);
    this.#plannedFor = at;
    this.#timer = setTimeout(() => {
      this.#plannedFor = Number.POSITIVE_INFINITY;
      this.#looking = this.#looking.then(() => this.#lookAndPlan());
    }, milliseconds);
  }

  async #lookAndPlan(): Promise<void> {
    try {
      this.#plan(await this.#look());
    } catch (thrown) {
      this.#parts.logger.warn({ err: AppError.from(thrown) }, 'could not look for tasks that are due');
      this.#plan(this.#lookMs);
    }
  }

  /** Begins what is due. Returns how long to wait for the next look. */
  async #look(): Promise<number> {
    let wait = this.#lookMs;
    for (const facts of await this.list()) {
      if (facts.dueInSeconds > 0) wait = Math.min(wait, facts.dueInSeconds * 1_000 + this.#jitter());
      else await this.#take(facts);
    }
    return wait;
  }

  async #take({ key, dueInSeconds }: TaskFacts): Promise<void> {
    const task = this.#byKey.get(key);
    if (!task || this.#running.has(key) || this.#closing.signal.aborted) return;
    const { book } = this.#parts;
    if (task.catchUp === 'skip' && dueInSeconds < -MISSED_SECONDS)
      return await book.skip(key, nextTime(task, await book.now()));
    const running = this.#track(key, this.#runner.run(key, task, { early: false, closing: this.#closing.signal }));
    running.then(
      // Its next time may be sooner than the look that is planned.
      (outcome) => (outcome ? this.#plan(this.#jitter()) : undefined),
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

  async #enter(): Promise<void> {
    if (this.#entered) return;
    const now = await this.#parts.book.now();
    for (const [key, task] of this.#byKey)
      await this.#parts.book.enter({ key, schedule: scheduleOf(task), nextDueAt: nextTime(task, now) });
    this.#entered = true;
  }

  get #lookMs(): number {
    return this.#parts.lookMs ?? LOOK_MS;
  }

  #jitter(): number {
    return Math.random() * (this.#parts.jitterMs ?? JITTER_MS);
  }
}
