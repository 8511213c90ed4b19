import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from '../shared/measure.ts';
import type { Contender, OpenQueue, QueueBenchContext } from './contender.ts';

/** Jobs before each measurement, so that connections are open and code is compiled. */
const WARM_UP = 50;
const GIVE_UP_MS = 120_000;

export interface Throughput {
  readonly jobsPerSecond: number;
  /** CPU of this process and both servers. */
  readonly cpuPerThousand: number;
}

/**
 * The given number of producers enqueue jobs, each its next when the last was accepted, while the worker processes
 * them; until all are done.
 */
export async function throughputOf(
  contender: Contender,
  context: QueueBenchContext,
  jobs: number,
  producers: number,
): Promise<Throughput> {
  const finish = new Countdown(jobs);
  return await withOpen(
    contender,
    context,
    jobs,
    { started: () => undefined, finished: () => finish.tick() },
    async (queue) => {
      const cpuBefore = await cpuSeconds(context);
      const begun = performance.now();
      let next = WARM_UP;
      const produce = async () => {
        while (next < jobs + WARM_UP) await queue.enqueue(next++);
      };
      await Promise.all(Array.from({ length: producers }, produce));
      await finish.done;
      const seconds = (performance.now() - begun) / 1_000;
      return {
        jobsPerSecond: jobs / seconds,
        cpuPerThousand: ((await cpuSeconds(context)) - cpuBefore) / (jobs / 1_000),
      };
    },
  );
}

/** Milliseconds from calling enqueue to the start of each job's handler, at a steady low rate. */
export async function latenciesOf(
  contender: Contender,
  context: QueueBenchContext,
  jobs: number,
  perSecond: number,
): Promise<number[]> {
  const sent = new Map<number, number>();
  const latencies: number[] = [];
  const finish = new Countdown(jobs);
  const started = (job: number) => {
    const at = sent.get(job);
    if (at !== undefined) latencies.push(performance.now() - at);
  };
  return await withOpen(contender, context, jobs, { started, finished: () => finish.tick() }, async (queue) => {
    const begun = performance.now();
    const accepted: Promise<void>[] = [];
    for (let job = 0; job < jobs; job++) {
      await sleep(Math.max(0, begun + (job * 1_000) / perSecond - performance.now()));
      sent.set(WARM_UP + job, performance.now());
      accepted.push(queue.enqueue(WARM_UP + job));
    }
    await Promise.all(accepted);
    await finish.done;
    return latencies;
  });
}

/** Opens the queue, warms it up and closes it; `listener` is called only after the warm-up. */
async function withOpen<T>(
  contender: Contender,
  context: QueueBenchContext,
  jobs: number,
  listener: { started(job: number): void; finished(): void },
  work: (queue: OpenQueue) => Promise<T>,
): Promise<T> {
  const warm = new Countdown(WARM_UP);
  const finished = () => (warm.isOver ? listener.finished() : warm.tick());
  const queue = await contender.open(context, jobs + WARM_UP, { started: (job) => listener.started(job), finished });
  try {
    await Promise.all(Array.from({ length: WARM_UP }, (_, job) => queue.enqueue(job)));
    await warm.done;
    return await work(queue);
  } finally {
    await queue.close();
  }
}

class Countdown {
  readonly done: Promise<void>;
  readonly #settle: () => void;
  #left: number;

  constructor(from: number) {
    this.#left = from;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new Error(`${this.#left} of ${from} jobs were not done.`)), GIVE_UP_MS);
    this.done = promise;
    this.#settle = () => {
      clearTimeout(timer);
      resolve();
    };
  }

  get isOver(): boolean {
    return this.#left <= 0;
  }

  tick(): void {
    this.#left--;
    if (this.isOver) this.#settle();
  }
}
