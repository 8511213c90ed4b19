import { AppError } from '../../errors.ts';
import { withTimeout } from '../../timeout.ts';
import { ANSWER_TIMEOUT, type RedisClient, RedisConnection } from './redis-connection.ts';

export interface RedisPubSubOptions {
  readonly redisUrl: string;
  /** Start of every channel's name. */
  readonly prefix: string;
  /** Told once for each loss of Redis, and when it is back. */
  readonly onState?: (state: 'connected' | 'lost', cause?: Error) => void;
}

type Listener = (text: string) => void;

/**
 * Short notices to every process, by Redis publish and subscribe. They may be lost: whoever listens must be able to find
 * out in another way, and only learns sooner by listening. Works without Redis too, then within this process alone.
 */
export class RedisPubSub {
  readonly #publisher: RedisConnection;
  readonly #subscriber: RedisConnection;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #joined = new Set<string>();
  readonly #options: RedisPubSubOptions;
  #lost = true;

  constructor(options: RedisPubSubOptions) {
    this.#options = options;
    const onLost = (error: Error) => this.#noteLost(error);
    this.#publisher = new RedisConnection({ url: options.redisUrl, onReady: () => undefined, onLost });
    this.#subscriber = new RedisConnection({
      url: options.redisUrl,
      onReady: (client, isNew) => this.#noteConnected(client, isNew),
      onLost,
    });
  }

  /** False while notices of other processes do not reach us. */
  get connected(): boolean {
    return !this.#lost && this.#subscriber.client !== null;
  }

  /** Begins connecting and does not wait: a server has to start without Redis too. */
  open(): void {
    this.#publisher.open();
    this.#subscriber.open();
  }

  /** Tells everybody who listens to the channel, in this process at once. */
  publish(channel: string, text: string): void {
    this.#deliver(channel, text);
    this.#publisher.client?.publish(this.nameOf(channel), text).then(
      () => undefined,
      (error: Error) => this.#noteLost(error),
    );
  }

  /** Returns the function that ends the listening. */
  listen(channel: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    listeners.add(listener);
    if (listeners.size === 1) {
      this.#listeners.set(channel, listeners);
      const { client } = this.#subscriber;
      if (client) this.#join(client, channel);
    }
    return () => void listeners.delete(listener);
  }

  /**
   * Milliseconds for a write, and how much memory Redis uses. Throws REDIS_CONNECTION_FAILED where Redis does not answer or
   * takes no writes.
   */
  async ping(): Promise<{ latencyMs: number; memoryBytes: number | null }> {
    const { client } = this.#publisher;
    if (!client) throw new AppError(ANSWER_TIMEOUT.code, ANSWER_TIMEOUT.message, { retriable: true });
    const begun = performance.now();
    try {
      await withTimeout(ANSWER_TIMEOUT, client.set(this.nameOf('written'), 'yes', { PX: 1_000 }));
      const latencyMs = performance.now() - begun;
      const used = /^used_memory:(\d+)/m.exec(await withTimeout(ANSWER_TIMEOUT, client.info('memory')))?.[1];
      return { latencyMs, memoryBytes: used === undefined ? null : Number(used) };
    } catch (thrown) {
      throw new AppError('REDIS_CONNECTION_FAILED', pingErrorMessage(thrown), { cause: thrown, retriable: true });
    }
  }

  /** Adds one to a counter that vanishes after its window; null where Redis is away. */
  async count(key: string, windowSeconds: number): Promise<{ hits: number; secondsLeft: number } | null> {
    const { client } = this.#publisher;
    if (!client) return null;
    const name = this.nameOf(`count:${key}`);
    const counting = client.multi().incr(name).expire(name, windowSeconds, 'NX').ttl(name).exec();
    const [hits, , secondsLeft] = await withTimeout(ANSWER_TIMEOUT, counting);
    return { hits: Number(hits), secondsLeft: Math.max(Number(secondsLeft), 1) };
  }

  close(): void {
    this.#listeners.clear();
    this.#publisher.close();
    this.#subscriber.close();
  }

  #noteConnected(client: RedisClient, isNew: boolean): void {
    // A client that connects again has forgotten nothing, but the channels asked for meanwhile are still to be joined.
    if (isNew) this.#joined.clear();
    for (const channel of this.#listeners.keys()) this.#join(client, channel);
    if (this.#lost) this.#options.onState?.('connected');
    this.#lost = false;
    // What was published while we were away is lost: everybody looks for themselves.
    for (const channel of this.#listeners.keys()) this.#deliver(channel, '');
  }

  #noteLost(error: Error): void {
    if (!this.#lost) this.#options.onState?.('lost', error);
    this.#lost = true;
  }

  #join(client: RedisClient, channel: string): void {
    if (this.#joined.has(channel)) return;
    this.#joined.add(channel);
    client
      .subscribe(this.nameOf(channel), (text) => this.#deliver(channel, text))
      .then(
        // What was published until now did not reach us.
        () => this.#deliver(channel, ''),
        (error: Error) => {
          this.#joined.delete(channel);
          this.#noteLost(error);
        },
      );
  }

  #deliver(channel: string, text: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(text);
  }

  /** What the channel is called in Redis, for who publishes together with something else. */
  nameOf(channel: string): string {
    return `${this.#options.prefix}:${channel}`;
  }
}

/** What an operator reads in the health of Redis. */
function pingErrorMessage(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : '';
  if (message.startsWith('OOM'))
    return 'Redis takes no writes, it is out of memory: give it more, or raise its maxmemory.';
  return /^(MISCONF|READONLY)/.test(message) ? `Redis takes no writes: ${message}` : ANSWER_TIMEOUT.message;
}
