import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { serveGroupMetrics } from '../monitoring/group-metrics.ts';
import type { Logger } from '../monitoring/logger.ts';

/** Delay before a process that ended unexpectedly is replaced. */
const RESTART_DELAY_MS = 1_000;

export interface GroupOptions {
  /**
   * Commands of this program, one for each process. The others start after the first is ready, so that a wrong
   * configuration is reported once.
   */
  readonly commands: readonly string[];
  /** The port that all serving processes share. */
  readonly port: number;
  readonly stop: AbortSignal;
  readonly logger: Logger;
}

/**
 * Runs several processes of this program that share one port, until they get a stop signal and have exited cleanly. A
 * process that ends unexpectedly is replaced. All end with this process, however it ends. Sets the exit code to that of
 * a first process that did not start, or of one that did not exit cleanly.
 */
export async function runGroup(options: GroupOptions): Promise<void> {
  const group = new ProcessGroup(options);
  const stopServing = serveGroupMetrics();
  try {
    await group.run();
  } finally {
    stopServing();
  }
}

class ProcessGroup {
  readonly #options: GroupOptions;
  readonly #members = new Set<Worker>();
  readonly #restarts = new Set<NodeJS.Timeout>();

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { commands, stop } = this.#options;
    const [first = 'serve', ...others] = commands;
    try {
      if (!(await this.#isUp(this.#start(first), first))) return;
      for (const command of others) this.#restartWhenEnded(this.#start(command), command);
      if (!stop.aborted) await once(stop, 'abort');
    } finally {
      await this.#end();
    }
  }

  #start(command: string): Worker {
    cluster.setupPrimary({ args: [command] });
    const member = cluster.fork({ PORT: String(this.#options.port) });
    this.#members.add(member);
    member.on('error', (thrown) => {
      this.#options.logger.error({ err: thrown, command }, 'a process cannot be started or reached');
      // A process that was never started emits no exit event.
      if (member.process.pid === undefined) member.emit('exit', 1, null);
    });
    member.once('exit', (code, signal) => {
      this.#members.delete(member);
      // A process that does not handle signals yet is ended by the first one, which counts as clean.
      if (this.#options.stop.aborted && code !== 0 && signal !== 'SIGTERM') process.exitCode = code || 1;
    });
    return member;
  }

  /** False if the first process ended instead, which has reported the reason. */
  async #isUp(first: Worker, command: string): Promise<boolean> {
    const { stop } = this.#options;
    const listening = new Promise<'up'>((resolve) => first.once('listening', () => resolve('up')));
    const stopped = new Promise<'stopped'>((resolve) => stop.addEventListener('abort', () => resolve('stopped')));
    const outcome = stop.aborted ? 'stopped' : await Promise.race([listening, stopped, endOf(first)]);
    if (outcome === 'up') this.#restartWhenEnded(first, command);
    else if (outcome !== 'stopped') process.exitCode = outcome || 1;
    return outcome === 'up';
  }

  #restartWhenEnded(member: Worker, command: string): void {
    const { stop, logger } = this.#options;
    member.once('exit', (code, signal) => {
      if (stop.aborted) return;
      logger.error({ pid: member.process.pid, code, signal }, 'a process ended unexpectedly; starting another');
      const restart = setTimeout(() => {
        this.#restarts.delete(restart);
        this.#restartWhenEnded(this.#start(command), command);
      }, RESTART_DELAY_MS);
      this.#restarts.add(restart);
    });
  }

  async #end(): Promise<void> {
    for (const restart of this.#restarts) clearTimeout(restart);
    const ends = [...this.#members].map(endOf);
    for (const member of this.#members) member.process.kill('SIGTERM');
    await Promise.all(ends);
  }
}

/** Resolves with the process's exit code once it has ended, regardless of earlier errors. */
function endOf(member: Worker): Promise<number> {
  return new Promise((resolve) => member.once('exit', resolve));
}
