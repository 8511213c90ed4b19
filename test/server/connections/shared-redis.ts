import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { RedisPubSub } from '../../../src/events/redis/redis-pub-sub.ts';
import { until } from '../../helpers/until.ts';

/** Connected to the Redis of the test run, with a prefix of its own; added to what the test closes. */
export async function newPubSub(closed: { close(): unknown }[], prefix = `t-${randomUUID()}`): Promise<RedisPubSub> {
  const pubSub = new RedisPubSub({ redisUrl: inject('redisUrl'), prefix });
  closed.push(pubSub);
  pubSub.open();
  await until('Redis is connected', () => pubSub.connected);
  return pubSub;
}
