import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ANSWER_TIMEOUT } from '../../src/events/redis/redis-connection.ts';
import { BeeQueueConnection } from '../../src/jobs/queue/bee-queue-connection.ts';
import { OwnRedis } from '../helpers/own-redis.ts';

let redis: OwnRedis;
let server: Server;
beforeEach(async () => {
  redis = await OwnRedis.create();
  await redis.start();
  await redis.command('CONFIG', 'SET', 'requirepass', 'secret');
});
afterEach(async () => {
  server?.close();
  await redis.stop();
});

/** Passes the first connections on to Redis, and ends each later one with its first bytes. Returns its port. */
async function listen(passedOn: number): Promise<number> {
  let connections = 0;
  server = createServer((near) => {
    connections += 1;
    near.on('error', () => undefined);
    if (connections > passedOn) return void near.once('data', () => near.destroy());
    const far = connect(redis.port, '127.0.0.1').on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on a TCP port.');
  return address.port;
}

const listener = { slots: 1, onNotification: (): Promise<void> => Promise.resolve() };

// The client of bee-queue then emits two errors: an unhandled one would end the process.
it.each([
  ['its only connection', 1, undefined],
  ['the first of a worker’s', 1, listener],
  ['the second of a worker’s', 2, listener],
] as const)(
  'A Redis that closes %s while the client signs in is reported, and nothing else',
  async (_, passedOn, worker) => {
    const unhandled: unknown[] = [];
    const note = (thrown: unknown) => unhandled.push(thrown);
    process.on('uncaughtExceptionMonitor', note);
    try {
      const redisUrl = `redis://:secret@127.0.0.1:${await listen(passedOn)}`;
      const options = { redisUrl, prefix: 'closing', queue: 'VIDEO', ...(worker ? { listener: worker } : {}) } as const;
      await expect(BeeQueueConnection.open(options, () => undefined)).rejects.toThrow(/Redis/);
    } finally {
      process.off('uncaughtExceptionMonitor', note);
    }
    expect(unhandled).toEqual([]);
  },
);

it('A Redis that is silent is reported in the same words as by the other connections, which suit one without REDIS_URL, too', async () => {
  server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const redisUrl = `redis://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const opening = BeeQueueConnection.open({ redisUrl, prefix: 'silent', queue: 'VIDEO' }, () => undefined);
  await expect(opening).rejects.toThrow(ANSWER_TIMEOUT.message);
  expect(ANSWER_TIMEOUT.message).toBe('Redis does not answer: check that it runs, and REDIS_URL where that is set.');
});
