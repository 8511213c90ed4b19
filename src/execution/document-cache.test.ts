import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DocumentCache, hashOfDocument } from './document-cache.ts';
import { PlanExecutor } from './plan.ts';
import type { SecondUseCacheLimits } from './second-use-cache.ts';

const schema = buildSchema('type Query { hello: String }');

function cacheOf(limits: Partial<SecondUseCacheLimits> = {}) {
  const cache = new DocumentCache({
    executor: new PlanExecutor({ schema, hideSuggestions: true }),
    limits: { maxEntries: 3, characters: 1_000, maxProbation: 3, ...limits },
  });
  const use = (text: string) => {
    const name = hashOfDocument(text);
    const known = cache.find(name) !== undefined;
    if (!known) cache.add(name, parse(text), text.length);
    return known;
  };
  return { cache, use };
}

const document = (index: number) => `{ a${index}: hello }`;

describe('a document', () => {
  it('is cached from its second use on', () => {
    const { use } = cacheOf();
    expect([use(document(1)), use(document(1)), use(document(1)), use(document(1))]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('that is used once is not cached and evicts nothing', () => {
    const { cache, use } = cacheOf();
    for (let index = 0; index < 3; index++) for (let times = 0; times < 2; times++) use(document(index));
    for (let index = 100; index < 1_100; index++) use(document(index));
    expect(cache.size).toEqual({ count: 3, characters: 3 * document(0).length });
    expect([0, 1, 2].map((index) => use(document(index)))).toEqual([true, true, true]);
  });

  it('is evicted when it is the least recently used', () => {
    const { use } = cacheOf();
    for (const index of [1, 1, 2, 2, 3, 3]) use(document(index));
    use(document(1));
    for (const index of [4, 4]) use(document(index));
    expect([1, 3, 4].map((index) => use(document(index)))).toEqual([true, true, true]);
    expect(use(document(2))).toBe(false);
  });

  it('stays cached while all cached documents together are within the limit of characters', () => {
    const long = `{ ${'hello '.repeat(10)}}`;
    const { cache, use } = cacheOf({ characters: long.length });
    for (const text of [long, long]) use(text);
    expect(use(long)).toBe(true);
    for (const text of [document(1), document(1)]) use(text);
    expect(cache.size).toEqual({ count: 1, characters: document(1).length });
    for (const text of [`${long} `, `${long} `]) use(text);
    expect(use(`${long} `)).toBe(false);
  });

  it('is counted once, however many requests parse it at the same time', () => {
    const { cache } = cacheOf();
    const name = hashOfDocument(document(1));
    for (let times = 0; times < 6; times++) cache.add(name, parse(document(1)), document(1).length);
    expect(cache.size).toEqual({ count: 1, characters: document(1).length });
  });

  it('prepares each of its operations once, and none for an unknown operation name', () => {
    const { cache } = cacheOf();
    const planned = cache.uncached(parse('query A { hello } query B { hello }'));
    expect(planned.operation('A')).toBe(planned.operation('A'));
    expect(planned.operation('B')?.name).toBe('B');
    expect([planned.operation('C'), planned.operation(null)]).toEqual([null, null]);
  });
});
