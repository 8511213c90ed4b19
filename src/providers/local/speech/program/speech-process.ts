import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError, canceled } from '../../../../errors.ts';
import { lowerProcessPriority } from '../../../../process-priority.ts';
import { samplesOf } from '../../../voices/sound/pcm.ts';
import {
  encodeFrame,
  type Frame,
  FrameReader,
  type PieceRequest,
  type SpeechEvent,
  type SpeechProgram,
} from './frames.ts';

export interface SpokenPiece {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly events: readonly SpeechEvent[];
}

const event = z.tuple([z.enum(['word', 'phoneme']), z.int(), z.number(), z.union([z.literal(0), z.literal(1)])]);
const replyHeader = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('piece'), sampleRate: z.int().positive(), events: z.array(event) }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

interface Job {
  readonly pieces: SpokenPiece[];
  readonly resolve: (pieces: readonly SpokenPiece[]) => void;
  readonly reject: (error: AppError) => void;
  readonly release: () => void;
}

/** One running speech program. It processes one request at a time, and is unusable once `alive` is false. */
export class SpeechProcess {
  readonly program: SpeechProgram;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #exited: Promise<unknown>;
  readonly #responseTimeoutMs: number;
  #timer: NodeJS.Timeout | undefined;
  #job: Job | undefined;
  #alive = true;
  #errorOutput = '';

  /** `responseTimeoutSeconds`: the longest time without output during a request. */
  constructor(program: SpeechProgram, responseTimeoutSeconds: number) {
    this.program = program;
    this.#responseTimeoutMs = responseTimeoutSeconds * 1000;
    this.#child = startProgram(program);
    if (this.#child.pid !== undefined) lowerProcessPriority(this.#child.pid);
    this.#exited = once(this.#child, 'close').catch(() => undefined);
    const reader = new FrameReader();
    this.#child.stdout.on('data', (chunk: Buffer) => this.#onOutput(reader, chunk));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = `${this.#errorOutput}${text}`.slice(-LONGEST_ERROR_OUTPUT);
    });
    this.#child.once('error', (cause) => this.#fail(ended(cause)));
    this.#child.once('close', (code, signal) =>
      this.#fail(ended(`The speech program ended with ${signal ?? `exit code ${code}`}.`)),
    );
    // Writing to a program that has just died; its 'close' event reports the error.
    this.#child.stdin.on('error', (cause) => this.#fail(ended(cause)));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** The end of what the program has written to standard error; complete after `close`. It may quote the texts of requests. */
  get errorOutput(): string {
    return this.#errorOutput;
  }

  /** The pieces as sound, in order. Aborting kills the program: it cannot be interrupted otherwise. */
  async speak(request: PieceRequest, signal: AbortSignal): Promise<readonly SpokenPiece[]> {
    if (signal.aborted) throw canceled(signal);
    if (!this.#alive) throw ended();
    return await new Promise((resolve, reject) => {
      const abort = (): void => this.#fail(canceled(signal));
      signal.addEventListener('abort', abort, { once: true });
      const release = (): void => signal.removeEventListener('abort', abort);
      this.#job = { pieces: [], resolve, reject, release };
      this.#restartTimer();
      this.#child.stdin.write(encodeFrame({}, Buffer.from(JSON.stringify(request), 'utf8')));
    });
  }

  /** Ends the program and waits until it has exited. */
  async close(): Promise<void> {
    this.#fail(new AppError('LOCAL_API_ERROR', 'The built-in voice was shut down.', { retriable: true }));
    await this.#exited;
  }

  #onOutput(reader: FrameReader, chunk: Uint8Array): void {
    try {
      for (const frame of reader.push(chunk)) this.#take(frame);
    } catch (cause) {
      this.#fail(
        new AppError('LOCAL_API_ERROR', 'The speech program sent an invalid reply.', { cause, retriable: true }),
      );
    }
  }

  #take({ header, body }: Frame): void {
    const reply = replyHeader.parse(header);
    this.#restartTimer();
    switch (reply.kind) {
      case 'ready':
        return;
      case 'piece':
        this.#job?.pieces.push({ samples: samplesOf(body), sampleRate: reply.sampleRate, events: reply.events });
        return;
      case 'done':
        this.#endJob((job) => job.resolve(job.pieces));
        return;
      case 'failed':
        this.#fail(
          new AppError('LOCAL_API_ERROR', 'The speech program failed on this text.', { cause: reply.message }),
        );
    }
  }

  #fail(error: AppError): void {
    this.#alive = false;
    this.#child.kill('SIGKILL');
    this.#endJob((job) => job.reject(error));
  }

  #endJob(settle: (job: Job) => void): void {
    clearTimeout(this.#timer);
    const job = this.#job;
    this.#job = undefined;
    if (job === undefined) return;
    job.release();
    settle(job);
  }

  #restartTimer(): void {
    clearTimeout(this.#timer);
    if (this.#job === undefined) return;
    this.#timer = setTimeout(() => this.#fail(hung(this.#responseTimeoutMs)), this.#responseTimeoutMs);
  }
}

/**
 * The buffers of sounds are not part of V8's heap. In a small heap the collector frees them sooner: with scenes of 2,000
 * characters, espeak-ng takes 183 MB at most instead of 200. The programs themselves need 12 MB of heap.
 */
const SMALL_HEAP = ['--max-semi-space-size=2', '--max-old-space-size=48'] as const;

const LONGEST_ERROR_OUTPUT = 4_000;

/** In the build the programs are next to the server's own. */
const IN_SOURCE = import.meta.url.endsWith('.ts');
const PROGRAMS: Readonly<Record<SpeechProgram, string>> = {
  espeak: IN_SOURCE ? '../espeak/espeak-child.ts' : './espeak-child.js',
  flite: IN_SOURCE ? '../flite/flite-child.ts' : './flite-child.js',
  sherpa: IN_SOURCE ? '../sherpa/sherpa-child.ts' : './sherpa-child.js',
};

/** The program is Node itself, and gets none of this process's environment variables. */
function startProgram(name: SpeechProgram): ChildProcessByStdio<Writable, Readable, Readable> {
  const program = fileURLToPath(new URL(PROGRAMS[name], import.meta.url));
  const options = ['--disable-warning=ExperimentalWarning', ...SMALL_HEAP, program];
  return spawn(process.execPath, options, {
    // One arena of glibc's `malloc` for all threads takes 20 MB less: threads that have compiled WebAssembly leave theirs unused.
    env: { MALLOC_ARENA_MAX: '1' },
    cwd: parse(program).root,
    stdio: 'pipe',
    windowsHide: true,
  });
}

function ended(cause?: unknown): AppError {
  return new AppError('LOCAL_API_ERROR', 'The speech program ended before it had spoken.', { cause, retriable: true });
}

function hung(milliseconds: number): AppError {
  return new AppError('LOCAL_TIMEOUT', `The speech program did not answer for ${milliseconds / 1000} s.`, {
    retriable: true,
  });
}
