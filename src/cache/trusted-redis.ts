import { ErrorReply } from '@redis/client';
import { type TimeoutOptions, withTimeout } from '../concurrency/timeout.ts';
import { type RedisClient, RedisConnection } from '../events/redis/redis-connection.ts';

export interface TrustedRedisOptions {
  readonly redisUrl: string;
  /** Purges the content of Redis: called before any of it is used. */
  readonly purgeBeforeUse: (client: RedisClient) => Promise<void>;
  /** Called once each time that Redis becomes unavailable. */
  readonly onFault: (thrown: unknown) => void;
}

/** For one answer: beyond this time, the database answers sooner. */
const ANSWER_TIMEOUT = timeout(250);
/** For the purge, which scans all keys of Redis. */
const PURGE_TIMEOUT = timeout(10_000);
const RETRY_MS = 1_000;

/**
 * A Redis whose content may be used only by a client that has missed no invalidation: it is purged after each connect, and
 * when an invalidation of this process may not have been sent. Until it has been purged, it is treated as absent.
 */
export class TrustedRedis {
  readonly #options: TrustedRedisOptions;
  readonly #connection: RedisConnection;
  /** Counts events that end the trust, so that a purge that began before one does not restore it. */
  #generation = 0;
  #isTrusted = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: TrustedRedisOptions) {
    this.#options = options;
    this.#connection = new RedisConnection({
      url: options.redisUrl,
      onReady: () => this.#purgeAndTrust(),
      onLost: () => this.#distrust(),
    });
  }

  get isTrusted(): boolean {
    return this.#isTrusted && this.#connection.client !== null;
  }

  /** Starts to connect without waiting. */
  open(): void {
    this.#connection.open();
  }

  close(): void {
    this.#isClosed = true;
    this.#distrust();
    this.#connection.close();
  }

  /** Returns `otherwise` where Redis is not trusted, refuses, or does not answer in time. */
  async tryCommand<Answer>(fallback: Answer, command: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    const { client } = this.#connection;
    if (!client || !this.#isTrusted) return fallback;
    try {
      return await withTimeout(ANSWER_TIMEOUT, command(client));
    } catch (thrown) {
      // A refusal (it is out of memory, say) does not mean that invalidations were lost.
      if (!(thrown instanceof ErrorReply)) this.#distrust(thrown);
      return fallback;
    }
  }

  /** Publishes an invalidation. Never rejects: where it may not have arrived, everything is purged before Redis is trusted again. */
  async sendInvalidation(command: (client: RedisClient) => Promise<unknown>): Promise<void> {
    const { client } = this.#connection;
    // Once it is connected, everything is purged.
    if (!client) return;
    const sent = withTimeout(ANSWER_TIMEOUT, command(client)).catch((thrown: unknown) => this.#distrust(thrown));
    // A distrusted one may be unresponsive; callers should not wait for it each time.
    if (this.#isTrusted) await sent;
  }

  #distrust(thrown?: unknown): void {
    if (this.#isTrusted && thrown !== undefined) this.#options.onFault(thrown);
    this.#isTrusted = false;
    this.#generation++;
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#purgeAndTrust(), RETRY_MS);
  }

  #purgeAndTrust(): void {
    clearTimeout(this.#timer);
    const { client } = this.#connection;
    // Not connected: a callback follows when it is.
    if (!client) return;
    this.#isTrusted = false;
    const generation = ++this.#generation;
    withTimeout(PURGE_TIMEOUT, this.#options.purgeBeforeUse(client)).then(
      () => {
        if (generation === this.#generation) this.#isTrusted = true;
      },
      (thrown: unknown) => {
        if (generation === this.#generation) this.#distrust(thrown);
      },
    );
  }
}

function timeout(milliseconds: number): TimeoutOptions {
  return { milliseconds, code: 'REDIS_CONNECTION_FAILED', message: 'Redis does not answer in time.' };
}
