import { Semaphore } from '../../../../concurrency/semaphore.ts';
import { AppError } from '../../../../errors.ts';
import type { PieceRequest, SpeechProgram } from './frames.ts';
import { SpeechProcess, type SpokenPiece } from './speech-process.ts';

export interface SpeechPoolOptions {
  /** Maximum number of programs, of all kinds together. */
  readonly processes: number;
  /** A program without output for so long counts as hung. */
  readonly responseTimeoutSeconds: number;
  /** A program that was idle for so long is ended (each holds 50 to 70 MB). */
  readonly idleSeconds: number;
}

/** Up to N speech programs, started at first use and reused; further requests wait in order. */
export class SpeechPool {
  readonly #options: SpeechPoolOptions;
  readonly #idle = new Map<SpeechProcess, NodeJS.Timeout>();
  readonly #all = new Set<SpeechProcess>();
  readonly #semaphore: Semaphore;
  readonly #closing = new AbortController();

  constructor(options: SpeechPoolOptions) {
    this.#options = options;
    this.#semaphore = new Semaphore(options.processes);
  }

  /** Speaks in the next free program of the requested kind. Throws the errors of SpeechProcess.speak. */
  async speak(request: PieceRequest, signal: AbortSignal): Promise<readonly SpokenPiece[]> {
    const closing = this.#closing.signal;
    return await this.#semaphore.use(AbortSignal.any([signal, closing]), async () => {
      if (closing.aborted) throw closed();
      const program = this.#takeProgram(request.program);
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

  #takeProgram(kind: SpeechProgram): SpeechProcess {
    const ready = this.#takeIdle((program) => program.program === kind);
    if (ready) return ready;
    if (this.#all.size >= this.#options.processes) this.#makeRoom();
    const program = new SpeechProcess(kind, this.#options.responseTimeoutSeconds);
    this.#all.add(program);
    return program;
  }

  /** An idle program that is alive; those that have died are forgotten. */
  #takeIdle(isWanted: (program: SpeechProcess) => boolean): SpeechProcess | undefined {
    for (const [program, timer] of this.#idle) {
      if (program.alive && !isWanted(program)) continue;
      clearTimeout(timer);
      this.#idle.delete(program);
      if (program.alive) return program;
      this.#all.delete(program);
    }
    return undefined;
  }

  /** Ends an idle program of another kind: the memory is enough for the configured number only. */
  #makeRoom(): void {
    const other = this.#takeIdle(() => true);
    if (other) void this.#end(other);
  }

  async #end(program: SpeechProcess): Promise<void> {
    await program.close();
    this.#all.delete(program);
  }

  #release(program: SpeechProcess): void {
    if (program.alive && !this.#closing.signal.aborted) this.#idle.set(program, this.#endWhenIdle(program));
    else this.#all.delete(program);
  }

  #endWhenIdle(program: SpeechProcess): NodeJS.Timeout {
    const end = async (): Promise<void> => {
      this.#idle.delete(program);
      await this.#end(program);
    };
    // This timer only saves memory: it need not keep the process alive.
    return setTimeout(() => void end(), this.#options.idleSeconds * 1000).unref();
  }
}

function closed(): AppError {
  return new AppError('LOCAL_API_ERROR', 'The built-in voice was shut down.', { retriable: true });
}
