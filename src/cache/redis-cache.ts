import { randomUUID } from 'node:crypto';
import { ErrorReply } from '@redis/client';
import { z } from 'zod';
import { type RedisClient, RedisLink } from '../events/redis-link.ts';
import { type Patience, within } from '../within.ts';

export interface RedisCacheOptions {
  readonly redisUrl: string;
  /** Start of every key. */
  readonly prefix: string;
  /** Where every process hears what was forgotten: the name of a group, or nothing where it may be any. */
  readonly channel: string;
  /** Told once each time that the cache is given up for a while. */
  readonly onFault: (thrown: unknown) => void;
}

export interface Found {
  /** Null where it is not there. */
  readonly text: string | null;
  /** What an answer has to show that is loaded from now on; null where none may be kept. */
  readonly ticket: string | null;
}

const found = z.tuple([z.string().nullable(), z.string()]);

/** Of an answer, which is quicker to be had from the database than this. */
const ANSWER = patience(250);
/** Of throwing everything away, which looks through all keys of Redis. */
const CLEARING = patience(10_000);
const AGAIN_MS = 1_000;
/** Longer than a change may take, which ends with its statements at 30 s. */
const HELD_SECONDS = 60;
const TICKET = 'ticket';
/** The ticket of a group that is being changed. */
const HELD = 'held';
/** A client may ask for a thing in any selection; those that are usual are few. */
const MOST_FIELDS = 16;

/** Gives an answer and the group's ticket; makes the group where there is none. KEYS group; ARGV field, new ticket, seconds. */
const FIND = `
  local found = redis.call('HMGET', KEYS[1], ARGV[1], '${TICKET}')
  if not found[2] then
    redis.call('HSET', KEYS[1], '${TICKET}', ARGV[2])
    redis.call('EXPIRE', KEYS[1], ARGV[3])
    found[2] = ARGV[2]
  end
  return found`;

/** Keeps an answer only where nothing was forgotten since its ticket was given. KEYS group; ARGV ticket, field, answer. */
const KEEP = `
  if redis.call('HGET', KEYS[1], '${TICKET}') ~= ARGV[1] or redis.call('HLEN', KEYS[1]) > ${MOST_FIELDS} then return 0 end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
  return 1`;

/**
 * The part of the cache that all processes share: one hash in Redis for each group, which is forgotten as a whole. What is in
 * it can be trusted only by who has missed nothing, so a process throws everything away, for all, when it has come to Redis
 * and when it may have failed to say what changed; until it has, it is as if there were no Redis.
 */
export class RedisCache {
  readonly #options: RedisCacheOptions;
  readonly #link: RedisLink;
  #attempt = 0;
  #isTrusted = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: RedisCacheOptions) {
    this.#options = options;
    this.#link = new RedisLink({
      url: options.redisUrl,
      onReady: () => this.#beginAnew(),
      onLost: () => this.#mistrust(),
    });
  }

  /** False while what is kept, here and in memory, may be older than it should be. */
  get isTrusted(): boolean {
    return this.#isTrusted && this.#link.client !== null;
  }

  /** Begins connecting and does not wait. */
  open(): void {
    this.#link.open();
  }

  close(): void {
    this.#isClosed = true;
    this.#mistrust();
    clearTimeout(this.#timer);
    this.#link.close();
  }

  /** `seconds` is how long the group lives, from its first answer on. */
  async find(group: string, field: string, seconds: number): Promise<Found> {
    const nothing = { text: null, ticket: null };
    return await this.#ask(nothing, async (client) => {
      const given = [fieldOf(field), randomUUID(), String(seconds)];
      const [text, ticket] = found.parse(await client.eval(FIND, { keys: [this.#keyOf(group)], arguments: given }));
      return { text, ticket: ticket === HELD ? null : ticket };
    });
  }

  /** False where it was not kept, as something was forgotten since the ticket was given. */
  async keep(group: string, field: string, ticket: string, text: string): Promise<boolean> {
    return await this.#ask(false, async (client) => {
      const given = { keys: [this.#keyOf(group)], arguments: [ticket, fieldOf(field), text] };
      return (await client.eval(KEEP, given)) === 1;
    });
  }

  /** Forgets the group everywhere, and keeps nothing of it until `forget`, or for a minute: who changes it may die before. */
  async hold(group: string): Promise<void> {
    const key = this.#keyOf(group);
    await this.#tell((client) =>
      client
        .multi()
        .del(key)
        .hSet(key, TICKET, HELD)
        .expire(key, HELD_SECONDS)
        .publish(this.#options.channel, group)
        .exec(),
    );
  }

  /** Forgets the group everywhere. */
  async forget(group: string): Promise<void> {
    await this.#tell((client) => client.multi().del(this.#keyOf(group)).publish(this.#options.channel, group).exec());
  }

  async #ask<Answer>(otherwise: Answer, question: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    const { client } = this.#link;
    if (!client || !this.#isTrusted) return otherwise;
    try {
      return await within(ANSWER, question(client));
    } catch (thrown) {
      // Who is refused (it has no memory left, say) has lost nothing by it.
      if (!(thrown instanceof ErrorReply)) this.#mistrust(thrown);
      return otherwise;
    }
  }

  /** Where it fails, everything is thrown away once Redis is there: a change is not refused because of the cache. */
  async #tell(order: (client: RedisClient) => Promise<unknown>): Promise<void> {
    const { client } = this.#link;
    if (!client) return;
    await within(ANSWER, order(client)).catch((thrown: unknown) => this.#mistrust(thrown));
  }

  #mistrust(thrown?: unknown): void {
    if (this.#isTrusted && thrown !== undefined) this.#options.onFault(thrown);
    this.#isTrusted = false;
    this.#attempt++;
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#beginAnew(), AGAIN_MS);
  }

  #beginAnew(): void {
    clearTimeout(this.#timer);
    const { client } = this.#link;
    // Not there: we are told when it is.
    if (!client) return;
    this.#isTrusted = false;
    const attempt = ++this.#attempt;
    within(CLEARING, this.#throwAllAway(client)).then(
      () => {
        if (attempt === this.#attempt) this.#isTrusted = true;
      },
      (thrown: unknown) => {
        if (attempt === this.#attempt) this.#mistrust(thrown);
      },
    );
  }

  async #throwAllAway(client: RedisClient): Promise<void> {
    for await (const keys of client.scanIterator({ MATCH: this.#keyOf('*'), COUNT: 1_000 }))
      if (keys.length > 0) await client.unlink(keys);
    await client.publish(this.#options.channel, '');
  }

  #keyOf(group: string): string {
    return `${this.#options.prefix}:cache:${group}`;
  }
}

/** So that none is called as the ticket is. */
function fieldOf(field: string): string {
  return `=${field}`;
}

function patience(milliseconds: number): Patience {
  return { milliseconds, code: 'REDIS_CONNECTION_FAILED', message: 'Redis does not answer in time.' };
}
