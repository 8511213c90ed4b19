import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { killAndWait, type Program, startProgram } from './processes.ts';
import type { Run } from './run.ts';

/** A worker that is no more, or that stood still from then on. */
export interface WorkerLoss {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The workers of a site: for each that ends another is started, until they are closed. */
export class Workers {
  readonly losses: WorkerLoss[] = [];
  /** How many died at the place that was theirs. */
  crashes = 0;
  /** How those ended that were asked to stop, and did not come to their place of death on the way. */
  readonly stops: (number | NodeJS.Signals | null)[] = [];
  readonly #program: Program;
  readonly #crashPoints: string[];
  readonly #run: Run;
  /** With the place at which each is to die, where there is one. */
  readonly #running = new Map<ChildProcess, string | undefined>();
  /** Process ids of those that we killed ourselves. */
  readonly #killed = new Set<number>();
  #closing = false;

  /** `places` is where workers kill themselves, one place a worker, until there are none left. */
  constructor(program: Program, crashPoints: readonly string[], run: Run) {
    this.#program = program;
    this.#crashPoints = [...crashPoints];
    this.#run = run;
  }

  /** Process ids of those that run just now. */
  get pids(): readonly number[] {
    return [...this.#running.keys()].flatMap(({ pid }) => pid ?? []);
  }

  /** One more. The run fails where it cannot be started. */
  start(): void {
    try {
      const { env } = this.#program;
      const crashPoint = this.#crashPoints.shift();
      const worker = startProgram({ ...this.#program, env: { ...env, CHAOS_DIE: crashPoint ?? '' } });
      this.#running.set(worker, crashPoint);
      worker.once('error', (thrown) => this.#run.fail(thrown));
      worker.once('exit', () => this.#ended(worker));
    } catch (thrown) {
      this.#run.fail(thrown);
    }
  }

  /** Ends one in peace. */
  async deploy(pid: number): Promise<void> {
    const worker = this.#find(pid);
    if (!worker) return;
    const ended = once(worker, 'exit', { signal: this.#run.signal });
    worker.kill('SIGTERM');
    await ended;
    if (worker.signalCode !== 'SIGKILL') this.stops.push(worker.exitCode ?? worker.signalCode);
  }

  /** A signal to one, if it still lives. */
  signal(pid: number, signal: NodeJS.Signals): void {
    if (signal === 'SIGKILL') this.#killed.add(pid);
    if (signal === 'SIGSTOP') this.losses.push({ pid, at: Date.now() });
    this.#find(pid)?.kill(signal);
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#running.keys()].map(killAndWait));
  }

  #find(pid: number): ChildProcess | undefined {
    return [...this.#running.keys()].find((one) => one.pid === pid);
  }

  #ended(worker: ChildProcess): void {
    const pid = worker.pid ?? -1;
    const crashPoint = this.#running.get(worker);
    this.#running.delete(worker);
    if (worker.signalCode === 'SIGKILL') this.losses.push({ pid, at: Date.now() });
    if (worker.signalCode === 'SIGKILL' && !this.#killed.has(pid)) this.crashes++;
    // Something else ended it first: its place is another's.
    else if (crashPoint !== undefined) this.#crashPoints.push(crashPoint);
    if (!this.#closing) this.start();
  }
}
