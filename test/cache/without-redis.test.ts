import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { openCache, type TestCache, textsIn } from '../helpers/caches.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';

let redis: OwnRedis;
let opened: TestCache[] = [];
beforeEach(async () => {
  redis = await OwnRedis.create();
});
afterEach(async () => {
  for (const { close } of opened) close();
  opened = [];
  await redis.stop();
});

const prefix = `t-${randomUUID()}`;
function open(url = redis.url): TestCache {
  const cache = openCache(url, prefix);
  opened.push(cache);
  return cache;
}
const connected = (...all: readonly TestCache[]) =>
  until('they are connected', () => all.every(({ cache }) => cache.isCurrent));

/** Returns the next number each time. */
function counter() {
  let loads = 0;
  return async () => String(++loads);
}

describe('Without Redis', () => {
  it('everything is loaded each time from the start on, and cached once Redis is connected', async () => {
    const process = open();
    const texts = textsIn(process.cache);
    const load = counter();
    expect([await texts.read('bees', 'a', load), await texts.read('bees', 'a', load)]).toEqual(['1', '2']);
    expect(await texts.withInvalidation('bees', async () => 'done')).toBe('done');
    await redis.start();
    await connected(process);
    expect([await texts.read('bees', 'a', load), await texts.read('bees', 'a', load)]).toEqual(['3', '3']);
  });

  it('answers that may be old are still cached in memory', async () => {
    const texts = textsIn(open().cache, { allowsStale: true });
    const load = counter();
    expect([await texts.read('bees', 'a', load), await texts.read('bees', 'a', load)]).toEqual(['1', '1']);
    await texts.withInvalidation('bees', async () => undefined);
    expect(await texts.read('bees', 'a', load)).toBe('2');
  });

  it('cached answers are not used any more, nor after the reconnect to Redis', async () => {
    await redis.start();
    const process = open();
    await connected(process);
    const texts = textsIn(process.cache);
    const load = counter();
    expect([await texts.read('bees', 'a', load), await texts.read('bees', 'a', load)]).toEqual(['1', '1']);
    await redis.stop();
    await until('it knows that Redis is away', () => !process.cache.isCurrent);
    expect(await texts.read('bees', 'a', load)).toBe('2');
    await redis.start();
    await connected(process);
    expect([await texts.read('bees', 'a', load), await texts.read('bees', 'a', load)]).toEqual(['3', '3']);
  });
});

it('An answer that may be old is never older than a change of the same process, even if it was being loaded then', async () => {
  const texts = textsIn(open().cache, { allowsStale: true });
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const change = () => texts.withInvalidation('bees', async () => undefined);
  const before = texts.read('bees', 'a', () => first.promise);
  await change();
  const between = texts.read('bees', 'a', () => second.promise);
  first.resolve('first');
  expect(await before).toBe('first');
  await change();
  const after = texts.read('bees', 'a', async () => 'third');
  second.resolve('second');
  expect([await between, await after]).toEqual(['second', 'third']);
  expect(await texts.read('bees', 'a', async () => 'fourth')).toBe('third');
});

describe('A process that is disconnected from Redis while others are connected', () => {
  it('reads the current state, and its changes are visible to others once it is reconnected', async () => {
    await redis.start();
    const proxy = await BreakableProxy.to(redis.url);
    try {
      const [cutOff, other] = [open(proxy.inFrontOf(redis.url)), open()];
      await connected(cutOff, other);
      const [here, there] = [textsIn(cutOff.cache), textsIn(other.cache)];
      let truth = 'old';
      const load = async () => truth;
      expect([await here.read('bees', 'a', load), await there.read('bees', 'a', load)]).toEqual(['old', 'old']);
      proxy.isShut = true;
      proxy.cut();
      await until('it knows', () => !cutOff.cache.isCurrent);
      await here.withInvalidation('bees', async () => {
        truth = 'new';
      });
      expect(await here.read('bees', 'a', load)).toBe('new');
      // The other could not be notified; it keeps its answers until the disconnected process is back.
      expect(await there.read('bees', 'a', load)).toBe('old');
      proxy.isShut = false;
      await until('the other sees it', async () => (await there.read('bees', 'a', load)) === 'new');
    } finally {
      for (const { close } of opened) close();
      opened = [];
      await proxy.close();
    }
  });

  it('waits once for an unresponsive Redis, and then does not use it', async () => {
    await redis.start();
    const proxy = await BreakableProxy.to(redis.url);
    try {
      const process = open(proxy.inFrontOf(redis.url));
      await connected(process);
      const texts = textsIn(process.cache);
      const load = counter();
      proxy.freeze();
      expect(await texts.read('bees', 'a', load)).toBe('1');
      expect(process.cache.isCurrent).toBe(false);
      expect(process.faults).toHaveLength(1);
      const begun = performance.now();
      for (let turn = 2; turn < 102; turn++) expect(await texts.read('bees', 'a', load)).toBe(String(turn));
      // If each had waited, it would have been 25 s.
      expect(performance.now() - begun).toBeLessThan(5_000);
      await connected(process);
      expect([await texts.read('bees', 'a', load), await texts.read('bees', 'a', load)]).toEqual(['102', '102']);
    } finally {
      for (const { close } of opened) close();
      opened = [];
      await proxy.close();
    }
  });
});
