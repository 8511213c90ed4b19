import { afterEach, describe, expect, it } from 'vitest';
import { RedisPlaces } from '../../src/events/redis/redis-places.ts';
import { newPubSub } from '../server/connections/shared-redis.ts';

const opened: { close(): unknown }[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

const TWO_OF_ANN = { name: 'user:ann', most: 2 };
const NETWORK = { name: 'network:192.0.2.1', most: 3 };

describe('Places in Redis', () => {
  it('are as many as the limit says, and a place that is given back is free for another process', async () => {
    const pubSub = await newPubSub(opened);
    const [one, other] = [new RedisPlaces(pubSub), new RedisPlaces(pubSub)];
    expect(await one.take('a-1', [TWO_OF_ANN])).toBe(-1);
    expect(await other.take('b-1', [TWO_OF_ANN])).toBe(-1);
    expect(await other.take('b-2', [TWO_OF_ANN])).toBe(0);
    one.release('a-1', TWO_OF_ANN.name);
    expect(await other.take('b-3', [TWO_OF_ANN])).toBe(-1);
  });

  it('are taken for all claims or for none', async () => {
    const places = new RedisPlaces(await newPubSub(opened));
    for (const id of ['1', '2']) expect(await places.take(id, [NETWORK, TWO_OF_ANN])).toBe(-1);
    for (const id of ['3', '4', '5']) expect(await places.take(id, [NETWORK, TWO_OF_ANN])).toBe(1);
    expect(await places.take('6', [NETWORK])).toBe(-1);
    expect(await places.take('7', [NETWORK])).toBe(0);
  });

  it('end by themselves half a minute after their process was last heard of', async () => {
    const pubSub = await newPubSub(opened);
    const places = new RedisPlaces(pubSub);
    const key = pubSub.nameOf('places:user:ann');
    await places.take('1', [TWO_OF_ANN]);
    const milliseconds = await pubSub.client?.pTTL(key);
    expect(milliseconds).toBeGreaterThan(25_000);
    expect(milliseconds).toBeLessThanOrEqual(30_000);
    // As after half a minute.
    await pubSub.client?.zAdd(key, { score: Date.now() - 60_000, value: '1' });
    for (const id of ['2', '3']) expect(await places.take(id, [TWO_OF_ANN])).toBe(-1);
  });

  it('are there again after Redis was emptied, with the next renewal', async () => {
    const pubSub = await newPubSub(opened);
    const places = new RedisPlaces(pubSub);
    const many = Array.from({ length: 2_500 }, (_, index) => `socket-${index}`);
    await places.renew(new Map([[NETWORK.name, new Set(many)]]));
    expect(await pubSub.client?.zCard(pubSub.nameOf(`places:${NETWORK.name}`))).toBe(2_500);
    expect(await places.take('late', [NETWORK])).toBe(0);
  });

  it('cannot be asked for where Redis is not connected', async () => {
    const places = new RedisPlaces({ client: null, nameOf: (name) => name });
    expect(await places.take('1', [NETWORK])).toBeNull();
    await places.renew(new Map([[NETWORK.name, new Set(['1'])]]));
    places.release('1', NETWORK.name);
  });
});
