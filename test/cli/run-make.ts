import { Readable, Writable } from 'node:stream';
import { type CommandContext, make } from '../../src/cli/make/make.ts';
import type { MakeOptions } from '../../src/cli/make/make-options.ts';

/** The typed options, and their environment. */
export interface MakeRun extends Partial<MakeOptions> {
  readonly stdin?: string;
  readonly env?: CommandContext['env'];
  readonly signal?: AbortSignal;
  /** Called with each printed text. */
  readonly onPrint?: (text: string) => void;
}

/** Runs the command as a user would type it, with a pipe as output; returns the printed text. */
export async function runMake({
  stdin = '',
  env = {},
  signal = new AbortController().signal,
  onPrint,
  ...options
}: MakeRun) {
  const printed: string[] = [];
  const warned: string[] = [];
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      warned.push(String(chunk));
      done();
    },
  });
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      printed.push(String(chunk));
      onPrint?.(String(chunk));
      done();
    },
  });
  const failure = await make(
    { captions: true, ...options },
    { stdin: Readable.from([stdin]), stdout, stderr, env, fileMode: 0o644, signal },
  ).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { text: printed.join(''), lines: printed.join('').split('\n'), warnings: warned.join(''), failure };
}
