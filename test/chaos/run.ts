/**
 * A run and its parts, which go on at once. The first that fails ends the others, and what it threw is what all of them
 * throw. Whoever makes a run ends it.
 */
export class Run {
  /** Aborted, with what was thrown, when a part fails; also when the run ends, or whoever ordered it wants it to. */
  readonly signal: AbortSignal;
  readonly #ending = new AbortController();
  readonly #parts: Promise<unknown>[] = [];
  readonly #begun = performance.now();

  constructor(wished: AbortSignal) {
    this.signal = AbortSignal.any([wished, this.#ending.signal]);
  }

  /** Seconds since it was made. */
  get seconds(): number {
    return (performance.now() - this.#begun) / 1_000;
  }

  /** For failures that nobody waits for. */
  fail(thrown: unknown): void {
    this.#ending.abort(thrown);
  }

  /** What the part comes to. The run is not over before it is, even where nobody waits for it any more. */
  part<T>(going: Promise<T>): Promise<T> {
    const part = going.catch((thrown: unknown) => {
      this.fail(thrown);
      // What was cut short failed of what failed first.
      throw this.signal.reason;
    });
    this.#parts.push(Promise.allSettled([part]));
    return part;
  }

  /** Ends all parts, and waits until they have ended. */
  async end(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#parts);
  }
}

/**
 * The promise's outcome, or the signal's reason where that comes first. The promise itself goes on, and nobody hears what it
 * comes to later.
 */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
