import { describe, expect, it } from 'vitest';
import { mapStream } from './map-stream.ts';

function sourceOf(items: readonly number[], thenWaits = false) {
  const seen = { returns: 0 };
  const left = [...items];
  const source: AsyncIterableIterator<number> = {
    next: async () => {
      const value = left.shift();
      if (value !== undefined) return { done: false, value };
      return thenWaits ? await new Promise<never>(() => {}) : { done: true, value: undefined };
    },
    return: async () => {
      seen.returns++;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return { source, seen };
}
const double = async (item: number) => item * 2;

describe('a mapped stream', () => {
  it('gives every item in order and ends with its source', async () => {
    const { source, seen } = sourceOf([1, 2, 3]);
    expect(await Array.fromAsync(mapStream(source, double))).toEqual([2, 4, 6]);
    expect(seen.returns).toBe(0);
  });

  it('can be left while its source says nothing', async () => {
    const { source, seen } = sourceOf([], true);
    const mapped = mapStream(source, double);
    const waiting = mapped.next();
    await mapped.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await mapped.next()).toEqual({ done: true, value: undefined });
    await mapped.return();
    expect(seen.returns).toBe(1);
  });

  it('leaves its source when the reader breaks off', async () => {
    const { source, seen } = sourceOf([1, 2, 3]);
    for await (const _item of mapStream(source, double)) break;
    expect(seen.returns).toBe(1);
  });

  it('leaves its source when an item cannot be mapped, and says why', async () => {
    const { source, seen } = sourceOf([1]);
    const mapped = mapStream(source, async () => {
      throw new Error('cannot');
    });
    await expect(mapped.next()).rejects.toThrow('cannot');
    expect(seen.returns).toBe(1);
  });
});
