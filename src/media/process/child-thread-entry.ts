/** The module of the thread that starts FFmpeg: a separate entry of the build (rolldown.config.ts), located by its file name. */
import { parentPort } from 'node:worker_threads';
import { runChildGroup } from './child-group.ts';
import type { FromChildThread, ToChildThread } from './child-messages.ts';

const port = parentPort;
if (port === null) throw new Error('This module runs in a worker thread only.');

const aborts = new Map<number, AbortController>();

port.on('message', (message: ToChildThread) => {
  if (message.kind === 'abort') aborts.get(message.id)?.abort();
  else void run(message);
});

function reply(message: FromChildThread): void {
  port?.postMessage(message);
}

async function run({ id, program, args, cwd }: ToChildThread & { kind: 'run' }): Promise<void> {
  const abort = new AbortController();
  aborts.set(id, abort);
  const [stdout, stderr] = [new LineBatch(id, 'stdout'), new LineBatch(id, 'stderr')];
  try {
    const exit = await runChildGroup(program, args, {
      signal: abort.signal,
      ...(cwd === undefined ? {} : { cwd }),
      onStdout: (line) => stdout.add(line),
      onStderr: (line) => stderr.add(line),
    });
    stdout.send();
    stderr.send();
    reply({ kind: 'exit', id, exit });
  } catch (error) {
    reply({ kind: 'failed', id, ...describe(error) });
  } finally {
    aborts.delete(id);
  }
}

/** The lines that one read of a pipe gives are sent together. */
class LineBatch {
  readonly #id: number;
  readonly #stream: 'stdout' | 'stderr';
  #lines: string[] = [];

  constructor(id: number, stream: 'stdout' | 'stderr') {
    this.#id = id;
    this.#stream = stream;
  }

  add(line: string): void {
    if (this.#lines.length === 0) setImmediate(() => this.send());
    this.#lines.push(line);
  }

  send(): void {
    if (this.#lines.length === 0) return;
    reply({ kind: 'lines', id: this.#id, stream: this.#stream, lines: this.#lines });
    this.#lines = [];
  }
}

function describe(error: unknown): { message: string; code: string | undefined } {
  const message = error instanceof Error ? error.message : String(error);
  return { message, code: error instanceof Error && 'code' in error ? String(error.code) : undefined };
}
