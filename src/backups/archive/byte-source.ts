/** Reads numbers of bytes from parts of any size. */
export class ByteSource {
  readonly #parts: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #isEnded = false;

  constructor(parts: AsyncIterable<Buffer>) {
    this.#parts = parts[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes. Throws a RangeError where the source ends before. */
  async exactly(length: number): Promise<Buffer> {
    const found = await this.upTo(length);
    if (found.length < length) throw new RangeError('The source ended too early.');
    return found;
  }

  /** So many bytes, or fewer at the end of the source. */
  async upTo(length: number): Promise<Buffer> {
    while (this.#heldBytes < length && !this.#isEnded) await this.#readPart();
    const all = this.#held.length === 1 && this.#held[0] ? this.#held[0] : Buffer.concat(this.#held);
    const taken = all.subarray(0, length);
    this.#held = all.length > length ? [all.subarray(length)] : [];
    this.#heldBytes = all.length - taken.length;
    return taken;
  }

  /** Ends the source early. */
  async close(): Promise<void> {
    await this.#parts.return?.();
  }

  async #readPart(): Promise<void> {
    const next = await this.#parts.next();
    if (next.done) this.#isEnded = true;
    else {
      this.#held.push(next.value);
      this.#heldBytes += next.value.length;
    }
  }
}
