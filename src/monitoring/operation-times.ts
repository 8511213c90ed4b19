import { bucketOf } from '../duration-buckets.ts';

/** What was counted of one kind of operation. */
export interface OperationTime {
  /** Names of root fields, in alphabetical order. */
  readonly operation: string;
  readonly requests: number;
  /** Those that were answered with an error. */
  readonly errors: number;
  readonly totalMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** How many durations are in each bucket of src/duration-buckets.ts. */
  readonly buckets: ReadonlyMap<number, number>;
}

/** Of an operation with many root fields only some are named. */
const MOST_NAMES = 3;
/** A client that combines root fields in ever new ways must not fill the memory. */
const MOST_OPERATIONS = 200;
const OTHERS = 'other operations';

type Counted = { -readonly [Key in keyof Omit<OperationTime, 'buckets'>]: OperationTime[Key] } & {
  readonly buckets: Map<number, number>;
};

/** Counts the operations of this process by the names of their root fields, which are those of the schema and never a client's. */
export class OperationTimes {
  #counted = new Map<string, Counted>();
  /** By the sets that documents are cached with. */
  readonly #names = new WeakMap<ReadonlySet<string>, string>();

  ended(rootFields: ReadonlySet<string>, failed: boolean, seconds: number): void {
    const found = this.#of(this.#nameOf(rootFields));
    const milliseconds = 1_000 * seconds;
    found.requests++;
    if (failed) found.errors++;
    found.totalMs += milliseconds;
    found.minMs = Math.min(found.minMs, milliseconds);
    found.maxMs = Math.max(found.maxMs, milliseconds);
    const bucket = bucketOf(milliseconds);
    found.buckets.set(bucket, (found.buckets.get(bucket) ?? 0) + 1);
  }

  /** What was counted since the last call. */
  take(): readonly OperationTime[] {
    const taken = [...this.#counted.values()];
    this.#counted = new Map();
    return taken;
  }

  #nameOf(rootFields: ReadonlySet<string>): string {
    const known = this.#names.get(rootFields);
    if (known !== undefined) return known;
    const name = nameOf(rootFields);
    this.#names.set(rootFields, name);
    return name;
  }

  #of(name: string): Counted {
    const known = this.#counted.get(name);
    if (known) return known;
    const isFull = this.#counted.size >= MOST_OPERATIONS && name !== OTHERS;
    if (isFull) return this.#of(OTHERS);
    const minMs = Number.POSITIVE_INFINITY;
    const begun = { operation: name, requests: 0, errors: 0, totalMs: 0, minMs, maxMs: 0, buckets: new Map() };
    this.#counted.set(name, begun);
    return begun;
  }
}

function nameOf(rootFields: ReadonlySet<string>): string {
  const names = [...rootFields].toSorted();
  return names.length <= MOST_NAMES ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')}, …`;
}
