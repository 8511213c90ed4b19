import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { killAndWait, type Program, startProgram } from './processes.ts';
import type { Run } from './run.ts';

/** A worker that has ended, or that was frozen from then on. */
export interface WorkerLoss {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The workers of an installation: each that ends is replaced by another, until they are closed. */
export class Workers {
  readonly losses: WorkerLoss[] = [];
  /** The number of workers that crashed at their place. */
  crashes = 0;
  /** How the stopped workers ended that did not reach their crash point before. */
  readonly stops: (number | NodeJS.Signals | null)[] = [];
  readonly #program: Program;
  readonly #crashPoints: string[];
  readonly #run: Run;
  /** With the place at which each has to crash, where there is one. */
  readonly #running = new Map<ChildProcess, string | undefined>();
  /** Process ids of workers that the faults killed. */
  readonly #killed = new Set<number>();
  #closing = false;

  /** `places` is where workers kill themselves, one place per worker, until there are none left. */
  constructor(program: Program, crashPoints: readonly string[], run: Run) {
    this.#program = program;
    this.#crashPoints = [...crashPoints];
    this.#run = run;
  }

  /** Process ids of the running workers. */
  get pids(): readonly number[] {
    return [...this.#running.keys()].flatMap(({ pid }) => pid ?? []);
  }

  /** Starts another worker. The run fails where it cannot be started. */
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

  /** Stops one gracefully. */
  async deploy(pid: number): Promise<void> {
    const worker = this.#find(pid);
    if (!worker) return;
    const ended = once(worker, 'exit', { signal: this.#run.signal });
    worker.kill('SIGTERM');
    await ended;
    if (worker.signalCode !== 'SIGKILL') this.stops.push(worker.exitCode ?? worker.signalCode);
  }

  /** Sends a signal to one that still runs. */
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
    // It ended for another reason first: its place is given to another.
    else if (crashPoint !== undefined) this.#crashPoints.push(crashPoint);
    if (!this.#closing) this.start();
  }
}
