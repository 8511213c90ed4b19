import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type { CacheRegion } from '../../src/cache/cache-region.ts';
import { connectedCaches, type TestCache, textsIn } from '../helpers/caches.ts';
import { until } from '../helpers/until.ts';

let caches: TestCache[] = [];
afterEach(() => {
  for (const { close } of caches) close();
});

async function processes(count: number): Promise<TestCache[]> {
  caches = await connectedCaches(inject('redisUrl'), count);
  return caches;
}

/** The values that all processes read without a cache, and the number of reads. */
class Truth {
  text = 'old';
  loads = 0;
  readonly changes = async () => {
    this.text = 'new';
  };
  readonly load = async () => {
    this.loads++;
    const { text } = this;
    // A read takes time, so that other calls come meanwhile.
    await sleep(5);
    return text;
  };
}

/** The region of a process that caches texts; the same in all of them. */
async function regions(count: number): Promise<CacheRegion<string>[]> {
  return (await processes(count)).map(({ cache }) => textsIn(cache));
}

describe('A cached answer', () => {
  it('is loaded once for fifty concurrent callers', async () => {
    const [texts] = await regions(1);
    const truth = new Truth();
    const answers = await Promise.all(Array.from({ length: 50 }, () => texts?.read('bees', 'a', truth.load)));
    expect(new Set(answers)).toEqual(new Set(['old']));
    expect(truth.loads).toBe(1);
    expect(caches[0]?.cache.stats()).toEqual({
      hits: 49,
      misses: 1,
      localHits: 49,
      redisHits: 0,
      hitRate: 98,
      localSize: 1,
    });
  });

  it('is found in memory by its own process, and in Redis by all others', async () => {
    const [one, other] = await regions(2);
    const truth = new Truth();
    for (const texts of [one, one, other, other]) expect(await texts?.read('bees', 'a', truth.load)).toBe('old');
    expect(truth.loads).toBe(1);
    expect(caches[0]?.cache.stats()).toMatchObject({ misses: 1, localHits: 1, redisHits: 0, hitRate: 50 });
    expect(caches[1]?.cache.stats()).toMatchObject({ misses: 0, localHits: 1, redisHits: 1, hitRate: 100 });
  });

  it('that another version has stored in another form is not used', async () => {
    const [one, two] = await processes(2);
    if (!one || !two) throw new Error('There are two processes.');
    expect(await textsIn(one.cache).read('it', '', async () => 'old')).toBe('old');
    const texts = textsIn(two.cache, { schema: z.literal('new') });
    expect(await texts.read('it', '', async () => 'new')).toBe('new');
  });

  it('is counted as a hit or miss at each level', async () => {
    const [texts] = await regions(1);
    const truth = new Truth();
    expect(caches[0]?.cache.stats()).toMatchObject({ hits: 0, misses: 0, hitRate: null, localSize: 0 });
    await texts?.read('bees', 'a', truth.load);
    await texts?.read('bees', 'a', truth.load);
    await texts?.read('bees', 'b', truth.load);
    expect(caches[0]?.cache.stats()).toMatchObject({ hits: 1, misses: 2, localSize: 2 });
  });

  it('is evicted from memory beyond the limit, the least recently used first', async () => {
    const [process] = await processes(1);
    const texts = process && textsIn(process.cache, { entries: 3 });
    const truth = new Truth();
    const read = (group: string) => texts?.read(group, '', truth.load);
    for (const group of ['a', 'b', 'c']) await read(group);
    expect(process?.cache.stats().localSize).toBe(3);
    await read('a');
    expect(process?.cache.stats()).toMatchObject({ localHits: 1 });
    await read('d');
    expect(process?.cache.stats().localSize).toBe(3);
    await read('b');
    expect(process?.cache.stats()).toMatchObject({ localHits: 1, redisHits: 1 });
    await read('a');
  });

  it('is not so long that it would evict all others', async () => {
    const [one, other] = await regions(2);
    const truth = new Truth();
    truth.text = 'x'.repeat(255_998);
    await one?.read('bees', 'fits', truth.load);
    await other?.read('bees', 'fits', truth.load);
    expect(truth.loads).toBe(1);
    truth.text = 'x'.repeat(255_999);
    await one?.read('bees', 'is too long', truth.load);
    await one?.read('bees', 'is too long', truth.load);
    await other?.read('bees', 'is too long', truth.load);
    expect(truth.loads).toBe(4);
  });

  it('has a limited number of fields per group, so that varying requests cannot fill Redis', async () => {
    const [one, other] = await regions(2);
    const truth = new Truth();
    for (let field = 0; field < 20; field++) await one?.read('bees', String(field), truth.load);
    for (let field = 0; field < 20; field++) await other?.read('bees', String(field), truth.load);
    expect(caches[1]?.cache.stats()).toMatchObject({ redisHits: 16, misses: 4 });
  });

  it('is worth caching: another is loaded each time, by each caller separately', async () => {
    const [process] = await processes(1);
    const texts = process && textsIn(process.cache, { isWorthCaching: (text) => text === 'done' });
    const truth = new Truth();
    await Promise.all([1, 2, 3].map(() => texts?.read('bees', 'a', truth.load)));
    await texts?.read('bees', 'a', truth.load);
    expect(truth.loads).toBe(4);
    truth.text = 'done';
    for (let turn = 0; turn < 4; turn++) expect(await texts?.read('bees', 'a', truth.load)).toBe('done');
    // One answer that is worth caching, and one that is cached.
    expect(truth.loads).toBe(6);
  });

  it('is never a failed load', async () => {
    const [texts] = await regions(1);
    const broken = () => texts?.read('bees', 'a', () => Promise.reject(new Error('The database is away.')));
    await expect(broken()).rejects.toThrow('The database is away.');
    expect(await texts?.read('bees', 'a', new Truth().load)).toBe('old');
  });
});

describe('A change', () => {
  it('is visible at once in its own process, and in others as soon as they receive the invalidation', async () => {
    const [one, other] = await regions(2);
    const truth = new Truth();
    for (const texts of [one, other]) expect(await texts?.read('bees', 'a', truth.load)).toBe('old');
    expect(await other?.read('wasps', 'a', truth.load)).toBe('old');
    await one?.withInvalidation('bees', truth.changes);
    expect(await one?.read('bees', 'a', truth.load)).toBe('new');
    await until('the other sees it', async () => (await other?.read('bees', 'a', truth.load)) === 'new');
    // These groups were not invalidated.
    expect(await other?.read('wasps', 'a', truth.load)).toBe('old');
  });

  it('is not undone by a load that began before it', async () => {
    const [one, other, third] = await regions(3);
    const truth = new Truth();
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const slowly = async () => {
      const { text } = truth;
      begun.resolve();
      await mayEnd.promise;
      return text;
    };
    const slow = other?.read('bees', 'a', slowly);
    await begun.promise;
    await one?.withInvalidation('bees', truth.changes);
    mayEnd.resolve();
    expect(await slow).toBe('old');
    expect(await other?.read('bees', 'a', truth.load)).toBe('new');
    expect(await third?.read('bees', 'a', truth.load)).toBe('new');
  });

  it('is visible also to a caller while an older answer is still being loaded', async () => {
    const [texts] = await regions(1);
    const truth = new Truth();
    const slow = texts?.read('bees', 'a', truth.load);
    await texts?.withInvalidation('bees', truth.changes);
    expect(await texts?.read('bees', 'a', truth.load)).toBe('new');
    expect(await slow).toBe('old');
    expect(await texts?.read('bees', 'a', truth.load)).toBe('new');
  });

  it('prevents caching while it runs, because its process may crash before it sends the invalidation', async () => {
    const [one, other] = await regions(2);
    const truth = new Truth();
    await other?.read('bees', 'a', truth.load);
    const isUnderWay = Promise.withResolvers<void>();
    const never = new Promise<void>(() => undefined);
    void one?.withInvalidation('bees', async () => {
      isUnderWay.resolve();
      await never;
    });
    await isUnderWay.promise;
    await until('the other has received the invalidation', () => caches[1]?.cache.stats().localSize === 0);
    expect(await other?.read('bees', 'a', truth.load)).toBe('old');
    truth.text = 'new';
    expect(await other?.read('bees', 'a', truth.load)).toBe('new');
  });

  it('that fails has no effect, and its error is rethrown', async () => {
    const [texts] = await regions(1);
    const truth = new Truth();
    const failing = texts?.withInvalidation('bees', () => Promise.reject(new Error('No.')));
    await expect(failing).rejects.toThrow('No.');
    await texts?.read('bees', 'a', truth.load);
    await texts?.read('bees', 'a', truth.load);
    expect(truth.loads).toBe(1);
  });
});
