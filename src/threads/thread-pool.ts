import { Tinypool } from 'tinypool';
import { Semaphore } from '../concurrency/semaphore.ts';
import { AppError, canceled } from '../errors.ts';
import type { TaskReply, TaskRequest, Tasks } from './thread-messages.ts';

export interface ThreadPoolOptions<Known extends Tasks> {
  /** The module that a thread runs; it exports the result of `taskHandler` of thread-messages.ts. */
  readonly entry: URL;
  /** Maximum number of threads; they start when there is work for them. */
  readonly threads: number;
  /** An activity name for each task, used as the subject of a sentence: "Writing the script". */
  readonly activities: Readonly<Record<keyof Known, string>>;
  /** Time limit of one task, in seconds. */
  readonly taskSeconds: number;
  /** A thread that is idle for so long is ended. */
  readonly idleSeconds: number;
}

/**
 * Heap of one thread. Text of the largest input takes a tenth of it; a task that needs more ends its thread, not the
 * process.
 */
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 } as const;

/**
 * Runs tasks in worker threads, so that none of them can block the event loop. A task that is canceled, or exceeds its
 * time limit, is ended with its thread; the next task gets a new one.
 */
export class ThreadPool<Known extends Tasks> {
  readonly #pool: Tinypool;
  readonly #semaphore: Semaphore;
  readonly #activities: Readonly<Record<keyof Known, string>>;
  readonly #taskSeconds: number;
  /** Functions that end the running tasks. */
  readonly #running = new Set<(reason: AppError) => void>();
  /** For each thread a promise that resolves when it has exited. */
  readonly #threads = new Map<object, Promise<void>>();
  #closed = false;

  constructor({ entry, threads, activities, taskSeconds, idleSeconds }: ThreadPoolOptions<Known>) {
    this.#activities = activities;
    this.#taskSeconds = taskSeconds;
    this.#semaphore = new Semaphore(threads);
    this.#pool = new Tinypool({
      filename: entry.href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idleSeconds * 1_000,
      // With atomics an idle thread blocks inside its task loop, where it can do nothing else.
      useAtomics: false,
      resourceLimits: HEAP,
      // Options of the main process's command line, such as --eval, may not suit a thread.
      execArgv: [],
    });
    // A thread that ended with an error and without a task, most likely at its start: tasks that wait for a thread
    // would wait for ever.
    this.#pool.on('error', (cause) => this.#endAll(crashed(cause)));
  }

  /**
   * Runs the task and returns its result; input and result are copied, except for the buffers in `transfer`, which are
   * moved. Throws the AppError that the task throws, LOCAL_TIMEOUT (not retriable: the same input takes as long again),
   * CANCELED, and LOCAL_API_ERROR if the thread ended unexpectedly.
   */
  async run<Name extends keyof Known & string>(
    name: Name,
    input: Parameters<Known[Name]>[0],
    signal: AbortSignal,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Awaited<ReturnType<Known[Name]>>> {
    return await this.#semaphore.use(signal, () => this.#runNow(name, input, signal, transfer));
  }

  /** Ends all threads and the tasks in them; resolves when they have exited. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#endAll(new AppError('CANCELED', 'The program is stopping.', { retriable: true }));
    await this.#pool.destroy();
    await Promise.all(this.#threads.values());
  }

  async #runNow<Result>(
    name: keyof Known & string,
    input: unknown,
    signal: AbortSignal,
    transfer: readonly ArrayBuffer[],
  ): Promise<Result> {
    if (this.#closed) throw new AppError('CANCELED', 'The program is stopping.', { retriable: true });
    const ended = new AbortController();
    const end = (reason: AppError): void => ended.abort(reason);
    const cancel = (): void => end(canceled(signal));
    const timer = setTimeout(() => end(tooSlow(this.#activities[name], this.#taskSeconds)), this.#taskSeconds * 1_000);
    signal.addEventListener('abort', cancel, { once: true });
    this.#running.add(end);
    const taskRequest: TaskRequest = { name, input };
    try {
      const replying = this.#pool.run(taskRequest, { signal: ended.signal, transferList: [...transfer] });
      this.#watchThreads();
      const reply: TaskReply<Result> = await replying;
      if (reply.ok) return reply.result;
      throw new AppError(reply.code, reply.message, { cause: reply.cause, retriable: reply.retriable });
    } catch (thrown) {
      ended.signal.throwIfAborted();
      throw thrown instanceof AppError ? thrown : crashed(thrown);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      this.#running.delete(end);
    }
  }

  #endAll(reason: AppError): void {
    for (const end of this.#running) end(reason);
  }

  /** The pool drops a thread when it starts to terminate it; close() waits until the thread has exited. */
  #watchThreads(): void {
    for (const thread of this.#pool.threads) {
      if (this.#threads.has(thread)) continue;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#threads.set(thread, promise);
      thread.once('exit', () => {
        this.#threads.delete(thread);
        resolve();
      });
    }
  }
}

function tooSlow(activity: string, seconds: number): AppError {
  const message = `${activity} did not finish within ${seconds} s and was stopped: shorten or simplify the text.`;
  return new AppError('LOCAL_TIMEOUT', message);
}

function crashed(cause: unknown): AppError {
  const outOfMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory
    ? new AppError('LOCAL_API_ERROR', 'The built-in work needed too much memory and was stopped.', { cause })
    : new AppError('LOCAL_API_ERROR', 'A thread of the built-in work ended unexpectedly.', { cause, retriable: true });
}
