import type { Database } from '../../src/db/database.ts';

/** What every contender is run on: servers of the run, and a database of our schema that is empty but for past rounds. */
export interface QueueBenchContext {
  readonly db: Database;
  readonly redisUrl: string;
  /** Jobs that run at once. */
  readonly slots: number;
}

/** Told of each job by its number: when its handler begins, and when the queue has it down as done. */
export interface Listener {
  started(job: number): void;
  finished(): void;
}

/** A queue that is open, with its worker in this process. */
export interface OpenQueue {
  /** Resolves when the job is accepted: after this it survives whatever this queue survives. */
  enqueue(job: number): Promise<void>;
  close(): Promise<void>;
}

export interface Contender {
  readonly name: string;
  /** Commits that a job costs by design, where the queue has any. */
  readonly durable: boolean;
  /** Makes ready for jobs 0 to `jobs` - 1, whose handler does nothing. */
  open(context: QueueBenchContext, jobs: number, listener: Listener): Promise<OpenQueue>;
}
