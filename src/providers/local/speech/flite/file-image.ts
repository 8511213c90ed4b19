import { openSync, readSync } from 'node:fs';
import { clear } from '../program/memory-image.ts';
import type { DataSegment } from './bare-module.ts';

/**
 * The first content of a program's memory, most of which is in a file that the system has cached: to read it takes as long as to copy it
 * from a memory of our own, which would be 17 MB for Flite. It runs under Node's own type stripping, so it uses only erasable syntax.
 */
export class FileImage {
  readonly #file: number;
  /** In the order of their places. */
  readonly #segments: readonly DataSegment[];

  constructor(path: string, segments: readonly DataSegment[]) {
    this.#file = openSync(path, 'r');
    this.#segments = segments.toSorted((one, other) => one.memoryOffset - other.memoryOffset);
  }

  /** `memory` may have grown since it was new. */
  restore(memory: Uint8Array): void {
    let done = 0;
    for (const { memoryOffset, fileOffset, length } of this.#segments) {
      clear(memory.subarray(done, memoryOffset));
      done = memoryOffset + length;
      this.#read(memory.subarray(memoryOffset, done), fileOffset);
    }
    clear(memory.subarray(done));
  }

  #read(part: Uint8Array, fileOffset: number): void {
    for (let at = 0; at < part.length; ) {
      const bytes = readSync(this.#file, part, at, part.length - at, fileOffset + at);
      if (bytes === 0) throw new Error('the file of the program is too short');
      at += bytes;
    }
  }
}
