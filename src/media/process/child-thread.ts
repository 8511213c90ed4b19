import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors.ts';
import type { ChildExit, ChildGroupOptions, RunChild } from './child-group.ts';
import type { FromChildThread, ToChildThread } from './child-messages.ts';

/** In the build it is next to the program too. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './child-thread-entry.ts' : './child-thread-entry.js',
  import.meta.url,
);
/** A new thread takes a tenth of a second to start; an idle one takes 8 MB. */
const IDLE_SECONDS = 10;
/** Lines of output are all that it holds. */
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 } as const;

interface Run {
  readonly options: ChildGroupOptions;
  readonly resolve: (exit: ChildExit) => void;
  readonly reject: (error: unknown) => void;
  readonly stopWatching: () => void;
}

/**
 * Runs programs as `runChildGroup` does, from a thread of its own: to start a program the system copies the page tables of
 * this process, during which the thread that asks for it can do nothing else (up to 0.1 s; `bench/responsiveness`). The
 * thread starts when it is needed and ends when it is idle.
 */
export class ChildThread {
  readonly #idleSeconds: number;
  readonly #runs = new Map<number, Run>();
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor({ idleSeconds = IDLE_SECONDS } = {}) {
    this.#idleSeconds = idleSeconds;
  }

  /** As `runChildGroup`; also rejects with a retriable AppError when the thread ends unexpectedly, and its programs with it. */
  readonly run: RunChild = (program, args, options) => {
    clearTimeout(this.#idle);
    this.#thread ??= this.#start();
    const thread = this.#thread;
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const abort = (): void => send(thread, { kind: 'abort', id });
      options.signal.addEventListener('abort', abort, { once: true });
      const stopWatching = (): void => options.signal.removeEventListener('abort', abort);
      this.#runs.set(id, { options, resolve, reject, stopWatching });
      send(thread, { kind: 'run', id, program, args, cwd: options.cwd });
      if (options.signal.aborted) abort();
    });
  };

  /** Ends the thread; call it when no program runs any more. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#thread?.terminate();
  }

  #start(): Worker {
    // Options of the main process's command line, such as --eval, may not suit a thread.
    const thread = new Worker(ENTRY, { execArgv: [], resourceLimits: HEAP });
    thread.on('message', (message: FromChildThread) => this.#receive(message));
    let cause: unknown;
    thread.once('error', (thrown) => {
      cause = thrown; // 'exit' follows.
    });
    thread.once('exit', () => {
      if (this.#thread === thread) this.#failAll(cause);
    });
    return thread;
  }

  #receive(message: FromChildThread): void {
    const run = this.#runs.get(message.id);
    if (run === undefined) return;
    if (message.kind === 'lines') {
      const take = message.stream === 'stdout' ? run.options.onStdout : run.options.onStderr;
      for (const line of message.lines) take?.(line);
      return;
    }
    this.#runs.delete(message.id);
    run.stopWatching();
    if (message.kind === 'exit') run.resolve(message.exit);
    else run.reject(Object.assign(new Error(message.message), { code: message.code }));
    if (this.#runs.size === 0) this.#endWhenIdle();
  }

  /** This timer only saves memory: it need not keep the process alive. */
  #endWhenIdle(): void {
    this.#idle = setTimeout(() => {
      const thread = this.#thread;
      this.#thread = undefined;
      void thread?.terminate();
    }, this.#idleSeconds * 1_000).unref();
  }

  #failAll(cause: unknown): void {
    this.#thread = undefined;
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    for (const { reject, stopWatching } of runs) {
      stopWatching();
      reject(
        new AppError('FFMPEG_FAILED', 'The thread that runs FFmpeg ended unexpectedly.', { cause, retriable: true }),
      );
    }
  }
}

function send(thread: Worker, message: ToChildThread): void {
  thread.postMessage(message);
}
