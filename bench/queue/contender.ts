import type { Database } from '../../src/db/database.ts';

/**
 * The environment of every contender: the servers of the run, and a database of our schema that is empty except for
 * past rounds.
 */
export interface QueueBenchContext {
  readonly db: Database;
  readonly redisUrl: string;
  /** Number of concurrent jobs. */
  readonly slots: number;
}

/** Called for each job with its number: when its handler begins, and when the queue has stored it as done. */
export interface Listener {
  started(job: number): void;
  finished(): void;
}

/** An open queue, with its worker in this process. */
export interface OpenQueue {
  /** Resolves when the job is accepted: from then on it is as durable as this queue. */
  enqueue(job: number): Promise<void>;
  close(): Promise<void>;
}

export interface Contender {
  readonly name: string;
  /** Number of commits of a job by design, if the queue has any. */
  readonly durable: boolean;
  /** Prepares for jobs 0 to `jobs` - 1, whose handler does nothing. */
  open(context: QueueBenchContext, jobs: number, listener: Listener): Promise<OpenQueue>;
}
