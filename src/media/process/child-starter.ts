import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../child-environment.ts';
import { AppError } from '../../errors.ts';
import type { ChildExit, ChildGroupOptions, RunChild } from './child-group.ts';
import { type FromStarter, fromStarter, type ToStarter } from './child-messages.ts';

/** In the build it is next to the program too. */
const ENTRY = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? './child-starter-process.ts' : './child-starter-process.js',
    import.meta.url,
  ),
);
/** A new one takes a fifth of a second to start; an idle one takes 20 MB. */
const IDLE_SECONDS = 10;
/** In MB: lines of output are all that it holds. */
const SMALL_HEAP = ['--max-old-space-size=32', '--max-semi-space-size=1'];

interface Run {
  readonly options: ChildGroupOptions;
  readonly resolve: (exit: ChildExit) => void;
  readonly reject: (error: unknown) => void;
  readonly stopWatching: () => void;
}

/**
 * Runs programs as `runChildGroup` does, from a small process of its own: to start a program the system copies the page
 * tables of the process that asks for it. For this process, with its hundreds of MB, that takes up to 0.1 s, in which it
 * answers no request (`bench/responsiveness`). The small process starts when it is needed and ends when it is idle, or when
 * this process has ended; the programs that it has started end with it.
 */
export class ChildStarter {
  readonly #idleSeconds: number;
  readonly #runs = new Map<number, Run>();
  #starter: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor({ idleSeconds = IDLE_SECONDS } = {}) {
    this.#idleSeconds = idleSeconds;
  }

  /** As `runChildGroup`; also rejects with a retriable AppError when the small process ends unexpectedly. */
  readonly run: RunChild = (program, args, options) => {
    clearTimeout(this.#idle);
    this.#starter ??= this.#start();
    const starter = this.#starter;
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const abort = (): void => send(starter, { kind: 'abort', id });
      options.signal.addEventListener('abort', abort, { once: true });
      const stopWatching = (): void => options.signal.removeEventListener('abort', abort);
      this.#runs.set(id, { options, resolve, reject, stopWatching });
      send(starter, { kind: 'run', id, program, args, ...(options.cwd === undefined ? {} : { cwd: options.cwd }) });
      if (options.signal.aborted) abort();
    });
  };

  /** Ends the small process, and resolves when it has ended; call it when no program runs any more. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const starter = this.#starter;
    if (starter === undefined) return;
    const exited = once(starter, 'exit');
    starter.kill('SIGKILL');
    await exited;
  }

  #start(): ChildProcess {
    const starter = fork(ENTRY, {
      // In a group of its own: Ctrl-C in a terminal signals the group of this process, which may still finish a stage.
      detached: true,
      execArgv: SMALL_HEAP,
      env: childEnvironment(),
    });
    starter.on('message', (message) => this.#receive(fromStarter.parse(message)));
    let cause: unknown;
    starter.on('error', (thrown) => {
      cause = thrown;
      if (starter.pid === undefined) this.#end(starter, cause); // no 'exit' follows
    });
    starter.once('exit', () => this.#end(starter, cause));
    return starter;
  }

  #receive(message: FromStarter): void {
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
    const end = (): void => {
      const starter = this.#starter;
      this.#starter = undefined;
      starter?.disconnect();
    };
    this.#idle = setTimeout(end, this.#idleSeconds * 1_000).unref();
  }

  /** Fails its runs, unless it has ended because it was idle. */
  #end(starter: ChildProcess, cause: unknown): void {
    if (this.#starter !== starter) return;
    this.#starter = undefined;
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    for (const { reject, stopWatching } of runs) {
      stopWatching();
      const message = 'The process that starts FFmpeg ended unexpectedly.';
      reject(new AppError('FFMPEG_FAILED', message, { cause, retriable: true }));
    }
  }
}

/** A failure means that the process has ended; its 'exit' follows and fails the run. */
function send(starter: ChildProcess, message: ToStarter): void {
  starter.send(message, () => undefined);
}
