/**
 * A run and its concurrent parts. The first failure ends the other parts, and all of them
 * throw its error. The creator of a run ends it.
 */
export class Run {
  /** Aborted, with what was thrown, when a part fails; also when the run ends, or its caller aborts it. */
  readonly signal: AbortSignal;
  readonly #ending = new AbortController();
  readonly #parts: Promise<unknown>[] = [];
  readonly #begun = performance.now();

  constructor(wished: AbortSignal) {
    this.signal = AbortSignal.any([wished, this.#ending.signal]);
  }

  /** Seconds since the run was created. */
  get seconds(): number {
    return (performance.now() - this.#begun) / 1_000;
  }

  /** Reports failures that are not awaited. */
  fail(thrown: unknown): void {
    this.#ending.abort(thrown);
  }

  /** The result of a part. The run does not end before the part has, even where its result is no longer awaited. */
  part<T>(going: Promise<T>): Promise<T> {
    const part = going.catch((thrown: unknown) => {
      this.fail(thrown);
      // Aborted parts failed because of the first failure.
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
 * The promise's outcome, or the signal's reason where that comes first. The promise itself continues, and its later outcome
 * is ignored.
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
