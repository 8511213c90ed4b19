/**
 * A separate program, run as a child process: starts FFmpeg for its parent. It must run under Node's own type stripping, so
 * it uses only erasable syntax; and it stays small, so it loads no library. The parent is trusted: its messages are not
 * validated.
 */
import { runChildGroup } from './child-group.ts';
import type { FromStarter, ToStarter } from './child-messages.ts';

const aborts = new Map<number, AbortController>();

process.on('message', (message: ToStarter) => {
  if (message.kind === 'abort') aborts.get(message.id)?.abort();
  else void run(message);
});
// The programs end with this process (`Launcher`).
process.once('disconnect', () => process.exit(0));

function reply(message: FromStarter): void {
  process.send?.(message);
}

async function run({ id, program, args, cwd }: ToStarter & { kind: 'run' }): Promise<void> {
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

function describe(error: unknown): { message: string; code?: string } {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && 'code' in error ? { message, code: String(error.code) } : { message };
}
