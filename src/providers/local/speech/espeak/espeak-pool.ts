import { Semaphore } from '../../../../concurrency/semaphore.ts';
import { AppError } from '../../../../errors.ts';
import { EspeakProcess, type SpokenPiece } from './espeak-process.ts';
import type { PieceRequest } from './frames.ts';

export interface EspeakPoolOptions {
  /** Maximum number of programs. */
  readonly processes: number;
  /** A program without output for so long counts as hung. */
  readonly responseTimeoutSeconds: number;
  /** A program that was idle for so long is ended (each holds 150 MB or more). */
  readonly idleSeconds: number;
}

/** Up to N speech programs, started at first use and reused; further requests wait in order. */
export class EspeakPool {
  readonly #options: EspeakPoolOptions;
  readonly #idle = new Map<EspeakProcess, NodeJS.Timeout>();
  readonly #all = new Set<EspeakProcess>();
  readonly #semaphore: Semaphore;
  readonly #closing = new AbortController();

  constructor(options: EspeakPoolOptions) {
    this.#options = options;
    this.#semaphore = new Semaphore(options.processes);
  }

  /** Speaks in the next free program. Throws the errors of EspeakProcess.speak. */
  async speak(request: PieceRequest, signal: AbortSignal): Promise<readonly SpokenPiece[]> {
    const closing = this.#closing.signal;
    return await this.#semaphore.use(AbortSignal.any([signal, closing]), async () => {
      if (closing.aborted) throw closed();
      const program = this.#takeProgram();
      try {
        return await program.speak(request, signal);
      } finally {
        this.#release(program);
      }
    });
  }

  /** Ends all programs and rejects waiting requests; resolves when all programs have exited. */
  async close(): Promise<void> {
    this.#closing.abort(closed());
    for (const timer of this.#idle.values()) clearTimeout(timer);
    await Promise.all([...this.#all].map((program) => program.close()));
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
    if (program.alive && !this.#closing.signal.aborted) this.#idle.set(program, this.#endWhenIdle(program));
    else this.#all.delete(program);
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
