import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { until } from '../helpers/until.ts';
import { killAndWait, type Program, startProgram } from './processes.ts';
import type { Run } from './run.ts';

const LOG_CHARACTERS = 2_000;
/** A start takes a second, and much longer where other processes compete for the same processors. */
const READY_SECONDS = 180;

/** The API of an installation, which can be killed and started again. The run fails where it ends by itself. */
export class Api {
  readonly #program: Program;
  readonly #url: string;
  readonly #run: Run;
  #process: ChildProcess | undefined;

  constructor(program: Program, url: string, run: Run) {
    this.#program = program;
    this.#url = url;
    this.#run = run;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const api = startProgram(this.#program);
    this.#process = api;
    api.once('error', (thrown) => this.#run.fail(thrown));
    api.once('exit', (code, signal) => {
      if (this.#process === api) this.#run.fail(this.#endedWith(code ?? signal));
    });
    await until('the API is ready', () => this.#isReady(), READY_SECONDS);
  }

  async kill(): Promise<void> {
    const api = this.#process;
    this.#process = undefined;
    if (api) await killAndWait(api);
  }

  async #isReady(): Promise<boolean> {
    this.#run.signal.throwIfAborted();
    return await fetch(`${this.#url}/readyz`).then(
      ({ ok }) => ok,
      () => false, // no server listens there yet
    );
  }

  /** With the end of its log, which is removed with the installation. */
  #endedWith(end: number | string | null): Error {
    const log = readFileSync(this.#program.logFile, 'utf8').slice(-LOG_CHARACTERS);
    return new Error(`The API ended by itself with ${end}:\n${log}`);
  }
}
