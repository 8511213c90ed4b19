/**
 * Every item of a stream through `map`. Unlike an `async function*`, return() reaches the source at once, also while
 * next() is waiting for an event that may never come; the source is left exactly once.
 */
export function mapStream<In, Out>(
  source: AsyncIterable<In>,
  map: (item: In) => Promise<Out>,
): AsyncGenerator<Out, void, void> {
  return new MappedStream(source[Symbol.asyncIterator](), map);
}

const DONE: IteratorReturnResult<void> = { done: true, value: undefined };

class MappedStream<In, Out> implements AsyncGenerator<Out, void, void> {
  readonly #source: AsyncIterator<In>;
  readonly #map: (item: In) => Promise<Out>;
  #leaving: Promise<unknown> | undefined;
  /** Ends the next() that waits, where one does. */
  #release: () => void = () => {};

  constructor(source: AsyncIterator<In>, map: (item: In) => Promise<Out>) {
    this.#source = source;
    this.#map = map;
  }

  readonly [Symbol.toStringTag] = 'AsyncGenerator';

  async next(): Promise<IteratorResult<Out, void>> {
    if (this.#leaving) return DONE;
    return await new Promise((resolve, reject) => {
      this.#release = () => resolve(DONE);
      this.#step().then(resolve, reject);
    });
  }

  async return(): Promise<IteratorResult<Out, void>> {
    await this.#leave();
    return DONE;
  }

  async throw(error: unknown): Promise<IteratorResult<Out, void>> {
    await this.#leave();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#leave();
  }

  async #step(): Promise<IteratorResult<Out, void>> {
    const step = await this.#source.next();
    if (step.done === true || this.#leaving) return DONE;
    try {
      return { done: false, value: await this.#map(step.value) };
    } catch (error) {
      // It is this error that ends the waiting next(), not the leaving.
      this.#release = () => {};
      await this.#leave();
      throw error;
    }
  }

  async #leave(): Promise<void> {
    this.#leaving ??= Promise.resolve(this.#source.return?.());
    this.#release();
    await this.#leaving;
  }
}
