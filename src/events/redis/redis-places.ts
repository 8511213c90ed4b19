import { withTimeout } from '../../concurrency/timeout.ts';
import type { RedisPubSub } from './redis-pub-sub.ts';

/** As the server asks for them, see `SharedPlaces` in src/server/connections/open-places.ts. */
interface Claim {
  readonly name: string;
  readonly most: number;
}

/** A place that is not renewed for so long has ended: its process has crashed, or did not reach Redis. */
const LIFE_MS = 30_000;

/** Places of one name that one command renews. */
const BATCH = 1_000;

/** A client waits for the answer before it is let in; an unreachable Redis must not make all of them wait. */
const ANSWER = {
  milliseconds: 500,
  code: 'REDIS_CONNECTION_FAILED',
  message: 'Redis does not answer in time.',
} as const;

/**
 * The places of each name are a sorted set: their ids, with the times at which they end. Times are those of Redis, because the clocks of
 * processes differ. Returns the index of the first claim without a place, or -1.
 */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for index, key in ipairs(KEYS) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    if redis.call('ZCARD', key) >= tonumber(ARGV[2 + index]) then return index - 1 end
  end
  for _, key in ipairs(KEYS) do
    redis.call('ZADD', key, now + ARGV[2], ARGV[1])
    redis.call('PEXPIRE', key, ARGV[2])
  end
  return -1
`;

const RENEW = `
  local time = redis.call('TIME')
  local ends = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
  for index = 2, #ARGV do redis.call('ZADD', KEYS[1], ends, ARGV[index]) end
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
`;

/** What all processes have open together, in Redis. Without Redis each process knows only its own. */
export class RedisPlaces {
  readonly #pubSub: Pick<RedisPubSub, 'client' | 'nameOf'>;

  constructor(pubSub: Pick<RedisPubSub, 'client' | 'nameOf'>) {
    this.#pubSub = pubSub;
  }

  async take(id: string, claims: readonly Claim[]): Promise<number | null> {
    const { client } = this.#pubSub;
    if (!client) return null;
    const keys = claims.map(({ name }) => this.#keyOf(name));
    const call = { keys, arguments: [id, String(LIFE_MS), ...claims.map(({ most }) => String(most))] };
    try {
      return Number(await withTimeout(ANSWER, client.eval(TAKE, call)));
    } catch {
      // The connection reports its own loss, and ends by itself where Redis does not answer.
      return null;
    }
  }

  release(id: string, name: string): void {
    // Where it does not arrive, the place ends by itself.
    this.#pubSub.client?.zRem(this.#keyOf(name), id).catch(() => undefined);
  }

  async renew(idsByName: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    const { client } = this.#pubSub;
    if (!client) return;
    try {
      for (const [name, ids] of [...idsByName])
        for (const batch of batchesOf([...ids]))
          await client.eval(RENEW, { keys: [this.#keyOf(name)], arguments: [String(LIFE_MS), ...batch] });
    } catch {
      // The next renewal comes before the places end.
    }
  }

  #keyOf(name: string): string {
    return this.#pubSub.nameOf(`places:${name}`);
  }
}

function batchesOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
    ids.slice(index * BATCH, (index + 1) * BATCH),
  );
}
