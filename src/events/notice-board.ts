import { createClient } from 'redis';
import { AppError } from '../errors.ts';

export interface NoticeBoardOptions {
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
export class NoticeBoard {
  readonly #publisher: ReturnType<typeof clientOf>;
  readonly #subscriber: ReturnType<typeof clientOf>;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #joined = new Set<string>();
  readonly #options: NoticeBoardOptions;
  #lost = true;

  constructor(options: NoticeBoardOptions) {
    this.#options = options;
    this.#publisher = clientOf(options.redisUrl);
    this.#subscriber = clientOf(options.redisUrl);
  }

  /** False while notices of other processes do not reach us. */
  get connected(): boolean {
    return !this.#lost && this.#subscriber.isReady;
  }

  /** Begins connecting and does not wait: a server has to start without Redis too. */
  open(): void {
    for (const client of [this.#publisher, this.#subscriber])
      client.on('error', (error: Error) => this.#noteLost(error));
    this.#subscriber.on('ready', () => this.#noteConnected());
    for (const client of [this.#publisher, this.#subscriber])
      client.connect().then(
        () => undefined,
        (error: Error) => this.#noteLost(error),
      );
  }

  /** Tells everybody who listens to the channel, in this process at once. */
  publish(channel: string, text: string): void {
    this.#deliver(channel, text);
    if (!this.#publisher.isReady) return;
    this.#publisher.publish(this.#name(channel), text).then(
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
      if (this.#subscriber.isReady) this.#join(channel);
    }
    return () => void listeners.delete(listener);
  }

  /** Milliseconds for a round trip, and how much memory Redis uses. Throws REDIS_CONNECTION_FAILED. */
  async ping(): Promise<{ latencyMs: number; memoryBytes: number | null }> {
    const begun = performance.now();
    try {
      await this.#publisher.ping();
      const latencyMs = performance.now() - begun;
      const used = /^used_memory:(\d+)/m.exec(await this.#publisher.info('memory'))?.[1];
      return { latencyMs, memoryBytes: used === undefined ? null : Number(used) };
    } catch (thrown) {
      throw new AppError(
        'REDIS_CONNECTION_FAILED',
        'Redis does not answer: check that it runs and that REDIS_URL is right.',
        {
          cause: thrown,
          retriable: true,
        },
      );
    }
  }

  /** Adds one to a counter that vanishes after its window; null where Redis is away. */
  async count(key: string, windowSeconds: number): Promise<{ hits: number; secondsLeft: number } | null> {
    if (!this.#publisher.isReady) return null;
    const name = this.#name(`count:${key}`);
    const [hits, , secondsLeft] = await this.#publisher
      .multi()
      .incr(name)
      .expire(name, windowSeconds, 'NX')
      .ttl(name)
      .exec();
    return { hits: Number(hits), secondsLeft: Math.max(Number(secondsLeft), 1) };
  }

  close(): void {
    this.#listeners.clear();
    for (const client of [this.#publisher, this.#subscriber]) if (client.isOpen) client.destroy();
  }

  #noteConnected(): void {
    // A client that connects again has forgotten nothing, but the channels asked for meanwhile are still to be joined.
    for (const channel of this.#listeners.keys()) this.#join(channel);
    if (this.#lost) this.#options.onState?.('connected');
    this.#lost = false;
    // What was published while we were away is lost: everybody looks for themselves.
    for (const channel of this.#listeners.keys()) this.#deliver(channel, '');
  }

  #noteLost(error: Error): void {
    if (!this.#lost) this.#options.onState?.('lost', error);
    this.#lost = true;
  }

  #join(channel: string): void {
    if (this.#joined.has(channel)) return;
    this.#joined.add(channel);
    this.#subscriber
      .subscribe(this.#name(channel), (text) => this.#deliver(channel, text))
      .then(
        () => undefined,
        (error: Error) => {
          this.#joined.delete(channel);
          this.#noteLost(error);
        },
      );
  }

  #deliver(channel: string, text: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(text);
  }

  #name(channel: string): string {
    return `${this.#options.prefix}:${channel}`;
  }
}

function clientOf(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, keepAlive: true, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000) },
  });
}
