import { withTimeout } from '../../concurrency/timeout.ts';
import { AppError } from '../../errors.ts';
import { ANSWER_TIMEOUT, type RedisClient, RedisConnection } from './redis-connection.ts';

export interface RedisPubSubOptions {
  readonly redisUrl: string;
  /** Prefix of every channel's name. */
  readonly prefix: string;
  /** Called once for each loss of Redis, and when it is connected again. */
  readonly onState?: (state: 'connected' | 'lost', cause?: Error) => void;
}

/** Operations wait for the answer. */
const SCRIPT_TIMEOUT = { ...ANSWER_TIMEOUT, milliseconds: 250 };

type Listener = (text: string) => void;

/**
 * Short messages to every process, by Redis publish and subscribe. They may be lost: a listener must have another way to find
 * out, and only learns sooner by listening. Without Redis it still works within this process.
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

  /** False while messages of other processes do not arrive. */
  get connected(): boolean {
    return !this.#lost && this.#subscriber.client !== null;
  }

  /** For commands; null while Redis is unreachable. */
  get client(): RedisClient | null {
    return this.#publisher.client;
  }

  /** Starts to connect without waiting: a server has to start without Redis too. */
  open(): void {
    this.#publisher.open();
    this.#subscriber.open();
  }

  /** Publishes to all listeners of the channel, in this process at once. */
  publish(channel: string, text: string): void {
    this.#deliver(channel, text);
    this.#publisher.client?.publish(this.nameOf(channel), text).then(
      () => undefined,
      (error: Error) => this.#noteLost(error),
    );
  }

  /** Returns the function that removes the listener. */
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
   * Milliseconds of a write, and the memory that Redis uses. Throws REDIS_CONNECTION_FAILED where Redis does not answer or
   * accepts no writes.
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

  /** Increments a counter that expires after its window; null while Redis is unreachable. */
  async count(key: string, windowSeconds: number): Promise<{ hits: number; secondsLeft: number } | null> {
    const { client } = this.#publisher;
    if (!client) return null;
    const name = this.nameOf(`count:${key}`);
    const counting = client.multi().incr(name).expire(name, windowSeconds, 'NX').ttl(name).exec();
    const [hits, , secondsLeft] = await withTimeout(ANSWER_TIMEOUT, counting);
    return { hits: Number(hits), secondsLeft: Math.max(Number(secondsLeft), 1) };
  }

  /** The answer of a script with one key; null while Redis is unreachable. Throws where it does not answer in a quarter of a second. */
  async evaluate(script: string, key: string, values: readonly string[]): Promise<unknown> {
    const { client } = this.#publisher;
    if (!client) return null;
    return await withTimeout(SCRIPT_TIMEOUT, client.eval(script, { keys: [this.nameOf(key)], arguments: [...values] }));
  }

  close(): void {
    this.#listeners.clear();
    this.#publisher.close();
    this.#subscriber.close();
  }

  #noteConnected(client: RedisClient, isNew: boolean): void {
    // A client that reconnects restores its subscriptions, but those to channels requested meanwhile are still missing.
    if (isNew) this.#joined.clear();
    for (const channel of this.#listeners.keys()) this.#join(client, channel);
    if (this.#lost) this.#options.onState?.('connected');
    this.#lost = false;
    // Messages during the disconnection are lost: all listeners check by themselves.
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
        // Earlier messages did not arrive here.
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

  /** The channel's name in Redis, for code that publishes it within a script. */
  nameOf(channel: string): string {
    return `${this.#options.prefix}:${channel}`;
  }
}

/** The explanation for operators in the health of Redis. */
function pingErrorMessage(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : '';
  if (message.startsWith('OOM')) return 'Redis accepts no writes, because it is out of memory: raise its maxmemory.';
  return /^(MISCONF|READONLY)/.test(message) ? `Redis accepts no writes: ${message}` : ANSWER_TIMEOUT.message;
}
