const PART_BYTES = 64 * 1024;
const zeros = Buffer.alloc(PART_BYTES);

/**
 * The content of a program's memory at one moment, to restore before each use: a program that has spoken before may give
 * other bytes for the same text. It runs under Node's own type stripping, so it uses only erasable syntax.
 */
export class MemoryImage {
  /** Without the parts of zeros at the end, which are most of a memory that has not been used. */
  readonly #content: Uint8Array;

  constructor(memory: Uint8Array) {
    let end = memory.length;
    while (end >= PART_BYTES && isZero(memory.subarray(end - PART_BYTES, end))) end -= PART_BYTES;
    this.#content = memory.slice(0, end);
  }

  /** `memory` may have grown since; what it has grown by becomes zero, as new memory is. */
  restore(memory: Uint8Array): void {
    memory.set(this.#content);
    clear(memory.subarray(this.#content.length));
  }
}

/** Fills a memory with zeros. Only memory that has been written takes space of the machine, so that zeros are not written again. */
export function clear(memory: Uint8Array): void {
  for (let at = 0; at < memory.length; at += PART_BYTES) {
    const part = memory.subarray(at, at + PART_BYTES);
    if (!isZero(part)) part.fill(0);
  }
}

function isZero(part: Uint8Array): boolean {
  return zeros.compare(part, 0, part.length, 0, part.length) === 0;
}
