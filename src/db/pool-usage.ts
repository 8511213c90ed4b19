/** The used parts of a pool of `pg`, which comes untyped with the ORM. */
export interface ObservedPool {
  on(event: 'acquire' | 'remove', listener: (connection: object) => void): unknown;
  on(event: 'release', listener: (error: unknown, connection: object) => void): unknown;
}

export interface PoolUsageOptions {
  /** The largest number of connections. */
  readonly max: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** How many takings the average is taken over. */
const TAKINGS = 100;
/** A connection that is held for longer has leaked, in a transaction or outside. */
const LEAKED_MS = 300_000;

/** How much the connections of a pool are used, by when each is taken and returned. */
export class PoolUsage {
  readonly #max: number;
  readonly #now: () => number;
  /** By the connections that are in use: when each was taken. */
  readonly #taken = new Map<object, number>();
  readonly #expected = new WeakSet<object>();
  /** Connections in use at each of the last takings, the place of the next one, and how many there were. */
  readonly #uses = new Uint16Array(TAKINGS);
  #takings = 0;
  #most = 0;

  constructor({ max, now = () => performance.now() }: PoolUsageOptions) {
    this.#max = max;
    this.#now = now;
  }

  observe(pool: ObservedPool): void {
    pool.on('acquire', (connection) => {
      this.#taken.set(connection, this.#now());
      this.#uses[this.#takings++ % TAKINGS] = this.#taken.size;
      if (this.#taken.size > this.#most) this.#most = this.#taken.size;
    });
    pool.on('release', (_error, connection) => void this.#taken.delete(connection));
    pool.on('remove', (connection) => void this.#taken.delete(connection));
  }

  /** This connection is held for as long as its caller wants, and never counts as leaked. */
  expectLong(connection: object): void {
    this.#expected.add(connection);
  }

  /** Percent of the connections that were in use, averaged over the last hundred takings; null until there were as many. */
  get averagePercent(): number | null {
    if (this.#takings < TAKINGS) return null;
    return this.#uses.reduce((sum, used) => sum + used, 0) / this.#max;
  }

  /** Seconds for which each leaked connection has been held, the longest first. */
  get leakedSeconds(): readonly number[] {
    const now = this.#now();
    return [...this.#taken]
      .filter(([connection, at]) => now - at > LEAKED_MS && !this.#expected.has(connection))
      .map(([, at]) => (now - at) / 1_000)
      .toSorted((one, other) => other - one);
  }

  /** Whether all connections were in use at once since the last call. */
  wasFull(): boolean {
    const full = this.#most >= this.#max;
    this.#most = this.#taken.size;
    return full;
  }
}
