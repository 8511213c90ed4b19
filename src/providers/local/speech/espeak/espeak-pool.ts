import { AppError } from '../../../../errors.ts';
import { canceled, EspeakProcess, type SpokenPiece, throwIfAborted } from './espeak-process.ts';
import type { PieceRequest } from './frames.ts';

export interface EspeakPoolOptions {
  /** Maximum number of programs. */
  readonly processes: number;
  /** A program without output for so long counts as hung. */
  readonly responseTimeoutSeconds: number;
  /** A program that was idle for so long is ended (each holds 150 MB or more). */
  readonly idleSeconds: number;
}

/** A request for a program: granted in order of arrival. */
interface Waiter {
  readonly grant: () => void;
  readonly refuse: (error: AppError) => void;
}

/** Up to N speech programs, started at first use and reused; further requests wait in order. */
export class EspeakPool {
  readonly #options: EspeakPoolOptions;
  readonly #idle = new Map<EspeakProcess, NodeJS.Timeout>();
  readonly #all = new Set<EspeakProcess>();
  readonly #waiters = new Set<Waiter>();
  #busy = 0;
  #closed = false;

  constructor(options: EspeakPoolOptions) {
    this.#options = options;
  }

  /** Speaks in the next free program. Throws the errors of EspeakProcess.speak. */
  async speak(request: PieceRequest, signal: AbortSignal): Promise<readonly SpokenPiece[]> {
    await this.#acquire(signal);
    const program = this.#takeProgram();
    try {
      return await program.speak(request, signal);
    } finally {
      this.#release(program);
    }
  }

  /** Ends all programs and rejects waiting requests; resolves when all programs have exited. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiters) waiter.refuse(closed());
    for (const timer of this.#idle.values()) clearTimeout(timer);
    await Promise.all([...this.#all].map((program) => program.close()));
  }

  async #acquire(signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    if (this.#closed) throw closed();
    if (this.#busy < this.#options.processes) {
      this.#busy += 1;
      return;
    }
    await this.#waitForProgram(signal);
  }

  async #waitForProgram(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { grant: resolve, refuse: reject };
    const abort = (): void => reject(canceled(signal));
    this.#waiters.add(waiter);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await promise;
    } finally {
      this.#waiters.delete(waiter);
      signal.removeEventListener('abort', abort);
    }
  }

  #takeProgram(): EspeakProcess {
    for (const [program, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(program);
      if (program.alive) return program;
      this.#all.delete(program);
    }
    const program = new EspeakProcess(this.#options.responseTimeoutSeconds);
    this.#all.add(program);
    return program;
  }

  #release(program: EspeakProcess): void {
    if (program.alive && !this.#closed) this.#idle.set(program, this.#endWhenIdle(program));
    else this.#all.delete(program);
    const [next] = this.#waiters;
    if (next === undefined) {
      this.#busy -= 1;
      return;
    }
    this.#waiters.delete(next);
    next.grant();
  }

  #endWhenIdle(program: EspeakProcess): NodeJS.Timeout {
    const end = async (): Promise<void> => {
      this.#idle.delete(program);
      await program.close();
      this.#all.delete(program);
    };
    // This timer only saves memory: it need not keep the process alive.
    return setTimeout(() => void end(), this.#options.idleSeconds * 1000).unref();
  }
}

function closed(): AppError {
  return new AppError('LOCAL_API_ERROR', 'The built-in voice was shut down.', { retriable: true });
}
