import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RedisClient } from '../events/redis/redis-connection.ts';
import { TrustedRedis } from './trusted-redis.ts';

export interface RedisCacheOptions {
  readonly redisUrl: string;
  /** Prefix of every key. */
  readonly prefix: string;
  /** The channel for invalidations: the name of a group, or an empty message for all groups. */
  readonly channel: string;
  /** Called once each time that the cache becomes unavailable. */
  readonly onFault: (thrown: unknown) => void;
}

export interface RedisLookup {
  /** Null where it is not cached. */
  readonly text: string | null;
  /** The ticket that an answer loaded from now on has to present; null where none may be cached. */
  readonly ticket: string | null;
}

/** The result where Redis is not used. */
export const NO_ANSWER: RedisLookup = { text: null, ticket: null };

export interface StoredAnswer {
  readonly ticket: string;
  readonly text: string;
  /** Lifetime of the group from its first answer on. */
  readonly seconds: number;
}

const found = z.tuple([z.string().nullable(), z.string()]);
const TICKET = 'ticket';
/** The ticket of a group while it is being changed. */
const BLOCKED = 'held';
/** Lifetime of a group without an answer: longer than a load or a change may take, whose statements end at 30 s. */
const EMPTY_SECONDS = 60;
/** Clients may use any selection; the usual ones are few. */
const MAX_FIELDS = 16;

/** Returns an answer and the group's ticket; creates the group where there is none. KEYS group; ARGV field, new ticket. */
const FIND = `
  local found = redis.call('HMGET', KEYS[1], ARGV[1], '${TICKET}')
  if not found[2] then
    redis.call('HSET', KEYS[1], '${TICKET}', ARGV[2])
    redis.call('EXPIRE', KEYS[1], ${EMPTY_SECONDS})
    found[2] = ARGV[2]
  end
  return found`;

/** Stores an answer unless the group was invalidated since its ticket was issued. KEYS group; ARGV ticket, field, answer, seconds. */
const KEEP = `
  local fields = redis.call('HLEN', KEYS[1])
  if redis.call('HGET', KEYS[1], '${TICKET}') ~= ARGV[1] or fields > ${MAX_FIELDS} then return 0 end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
  if fields == 1 then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
  return 1`;

/** The part of the cache that all processes share: one hash in Redis per group, which is invalidated as a whole. */
export class RedisCache {
  readonly #prefix: string;
  readonly #channel: string;
  readonly #redis: TrustedRedis;

  constructor({ redisUrl, prefix, channel, onFault }: RedisCacheOptions) {
    this.#prefix = prefix;
    this.#channel = channel;
    this.#redis = new TrustedRedis({ redisUrl, onFault, purgeBeforeUse: (client) => this.#forgetAll(client) });
  }

  /** False while cached answers, here and in memory, may be outdated. */
  get isTrusted(): boolean {
    return this.#redis.isTrusted;
  }

  open(): void {
    this.#redis.open();
  }

  close(): void {
    this.#redis.close();
  }

  async find(group: string, field: string): Promise<RedisLookup> {
    return await this.#redis.tryCommand(NO_ANSWER, async (client) => {
      const call = { keys: [this.#keyOf(group)], arguments: [fieldOf(field), randomUUID()] };
      const [text, ticket] = found.parse(await client.eval(FIND, call));
      return { text, ticket: ticket === BLOCKED ? null : ticket };
    });
  }

  /** False where it was not stored, because the group was invalidated since the ticket was issued. */
  async store(group: string, field: string, { ticket, text, seconds }: StoredAnswer): Promise<boolean> {
    return await this.#redis.tryCommand(false, async (client) => {
      const call = { keys: [this.#keyOf(group)], arguments: [ticket, fieldOf(field), text, String(seconds)] };
      return (await client.eval(KEEP, call)) === 1;
    });
  }

  /** Invalidates the group everywhere, and stores nothing of it until `forget`, or for a minute: the changing process may crash before. */
  async blockGroup(group: string): Promise<void> {
    const key = this.#keyOf(group);
    await this.#redis.sendInvalidation((client) => {
      const blocking = client.multi().del(key).hSet(key, TICKET, BLOCKED).expire(key, EMPTY_SECONDS);
      return blocking.publish(this.#channel, group).exec();
    });
  }

  /** Invalidates the group everywhere. */
  async invalidate(group: string): Promise<void> {
    const key = this.#keyOf(group);
    await this.#redis.sendInvalidation((client) => client.multi().del(key).publish(this.#channel, group).exec());
  }

  /** Purges the answers of all processes, from Redis and from their memories: lost invalidations are unknown. */
  async #forgetAll(client: RedisClient): Promise<void> {
    for await (const keys of client.scanIterator({ MATCH: this.#keyOf('*'), COUNT: 1_000 }))
      if (keys.length > 0) await client.unlink(keys);
    await client.publish(this.#channel, '');
  }

  #keyOf(group: string): string {
    return `${this.#prefix}:cache:${group}`;
  }
}

/** A prefix, so that no field has the name of the ticket. */
function fieldOf(field: string): string {
  return `=${field}`;
}
