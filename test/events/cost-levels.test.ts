import { randomUUID } from 'node:crypto';
import { beforeAll, expect, inject, it } from 'vitest';
import { CostBuckets } from '../../src/auth/cost-buckets.ts';
import { CostLevels } from '../../src/events/redis/cost-levels.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { until } from '../helpers/until.ts';

let proxy: BreakableProxy;
let pubSub: RedisPubSub;
let levels: CostLevels;
beforeAll(async () => {
  proxy = await BreakableProxy.to(inject('redisUrl'));
  pubSub = new RedisPubSub({ redisUrl: proxy.inFrontOf(inject('redisUrl')), prefix: `t-${randomUUID()}` });
  levels = new CostLevels(pubSub);
  pubSub.open();
  await until('Redis is connected', () => pubSub.connected);
  return async () => {
    pubSub.close();
    await proxy.close();
  };
});

it('A level rises by what is added, falls by itself, and never exceeds the most', async () => {
  expect(await levels.raise('a', 5_000, 10_000)).toEqual({ isRaised: true, levelMs: 5_000 });
  const { levelMs = 0 } = (await levels.raise('a', 4_000, 10_000)) ?? {};
  expect(levelMs).toBeGreaterThan(8_000);
  expect(levelMs).toBeLessThan(9_000);
  expect((await levels.raise('a', 5_000, 10_000))?.isRaised).toBe(false);
  expect((await levels.raise('a', 1_000, 10_000))?.isRaised).toBe(true);
  expect((await levels.raise('b', 10_000, 10_000))?.isRaised).toBe(true);
});

it('Many additions at once are one after the other', async () => {
  const raised = await Promise.all(Array.from({ length: 100 }, () => levels.raise('c', 100_000, 1_000_000)));
  expect(raised.filter((level) => level?.isRaised)).toHaveLength(10);
});

it('While Redis is gone operations are answered, and limited by this process', async () => {
  const noted: unknown[] = [];
  const onUnavailable = (thrown: unknown) => noted.push(thrown);
  const buckets = new CostBuckets({ limit: 100, perSecond: 1, shared: levels, onUnavailable });
  await buckets.spend('d', 100);
  proxy.isShut = true;
  proxy.cut();
  await until('Redis is gone', () => !pubSub.connected);
  expect((await buckets.spend('d', 100)).isAllowed).toBe(true);
  expect((await buckets.spend('d', 100)).isAllowed).toBe(false);
  expect(noted).toHaveLength(1);
  proxy.isShut = false;
  await until('Redis is connected again', () => pubSub.connected);
  await until('Redis counts again', async () => (await buckets.spend('d', 1)).isAllowed === false);
});
