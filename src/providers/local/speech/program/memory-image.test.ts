import { describe, expect, it } from 'vitest';
import { MemoryImage } from './memory-image.ts';

const PART = 64 * 1024;

describe('An image of a memory', () => {
  it.each([
    ['with zeros at its end', [[10, 7]], 4 * PART],
    ['whose last byte is used', [[4 * PART - 1, 7]], 4 * PART],
    ['of zeros', [], 4 * PART],
    ['that is no multiple of a part', [[PART, 7]], 2 * PART + 5],
  ] as const)('restores one %s after each byte was written', (_name, used, length) => {
    const memory = new Uint8Array(length);
    for (const [at, value] of used) memory[at] = value;
    const expected = memory.slice();
    const image = new MemoryImage(memory);
    for (let uses = 0; uses < 2; uses += 1) {
      memory.fill(255);
      image.restore(memory);
      expect(Buffer.compare(memory, expected)).toBe(0);
    }
  });

  it('restores one that has grown, with zeros in the new part', () => {
    const memory = new Uint8Array(PART).fill(7);
    const image = new MemoryImage(memory);
    const grown = new Uint8Array(3 * PART + 1).fill(255);
    image.restore(grown);
    expect(Buffer.compare(grown.subarray(0, PART), memory)).toBe(0);
    expect(Buffer.compare(grown.subarray(PART), new Uint8Array(2 * PART + 1))).toBe(0);
  });
});
