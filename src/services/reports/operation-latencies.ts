import type { Database } from '../../db/database.ts';
import { percentileOfBuckets } from '../../duration-buckets.ts';
import { addOperations, type CountedOperation, readOperations } from './operation-latencies-store.ts';

/** How long one kind of operation took. */
export interface OperationLatencyFacts {
  /** Names of root fields of the schema. */
  readonly operation: string;
  readonly requests: number;
  readonly errors: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly minMs: number;
  readonly maxMs: number;
}

export interface OperationLatenciesParts {
  readonly db: Database;
  /** What this process has counted since the last call. */
  readonly take: () => readonly CountedOperation[];
}

const MOST = 100;

/** How long operations took in all processes with an API. */
export class OperationLatencies {
  readonly #parts: OperationLatenciesParts;

  constructor(parts: OperationLatenciesParts) {
    this.#parts = parts;
  }

  /** Writes what this process has counted; what cannot be written is lost. */
  async record(): Promise<void> {
    await addOperations(this.#parts.db.sql(), this.#parts.take());
  }

  /** The 100 slowest of the last minutes, worst first; of other processes up to half a minute ago. */
  async since(minutes: number): Promise<OperationLatencyFacts[]> {
    await this.record();
    const counted = await readOperations(this.#parts.db.sql(), minutes);
    return counted
      .map(latencyOf)
      .toSorted((one, other) => other.p95Ms - one.p95Ms || other.maxMs - one.maxMs)
      .slice(0, MOST);
  }
}

function latencyOf({ operation, requests, errors, totalMs, minMs, maxMs, buckets }: CountedOperation) {
  // A bucket may be wider than what is in it.
  const percentile = (share: number) => Math.min(maxMs, Math.max(minMs, percentileOfBuckets(buckets, share)));
  const [p50Ms, p95Ms, p99Ms] = [percentile(0.5), percentile(0.95), percentile(0.99)];
  return { operation, requests, errors, meanMs: totalMs / requests, p50Ms, p95Ms, p99Ms, minMs, maxMs };
}
