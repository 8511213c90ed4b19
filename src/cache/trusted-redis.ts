import { ErrorReply } from '@redis/client';
import { type RedisClient, RedisConnection } from '../events/redis/redis-connection.ts';
import { type TimeoutOptions, withTimeout } from '../timeout.ts';

export interface TrustedRedisOptions {
  readonly redisUrl: string;
  /** Makes what is in Redis true again: done before anything of it is trusted. */
  readonly purgeBeforeUse: (client: RedisClient) => Promise<void>;
  /** Told once each time that Redis is given up for a while. */
  readonly onFault: (thrown: unknown) => void;
}

/** For an answer, which is quicker to be had from the database than this. */
const ANSWER_TIMEOUT = timeout(250);
/** For making all true, which looks through all keys of Redis. */
const PURGE_TIMEOUT = timeout(10_000);
const RETRY_MS = 1_000;

/**
 * A Redis whose content can be trusted only by who has missed nothing: it is made true when we have come to it, each time, and
 * when we may have failed to say what changed. Until it is, it is as if there were no Redis.
 */
export class TrustedRedis {
  readonly #options: TrustedRedisOptions;
  readonly #connection: RedisConnection;
  /** Counts what can end the trust, so that a clearing that was begun before it does not bring it back. */
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

  /** Begins connecting and does not wait. */
  open(): void {
    this.#connection.open();
  }

  close(): void {
    this.#isClosed = true;
    this.#distrust();
    this.#connection.close();
  }

  /** `otherwise` where Redis is not trusted, refuses, or does not answer in time. */
  async tryCommand<Answer>(fallback: Answer, command: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    const { client } = this.#connection;
    if (!client || !this.#isTrusted) return fallback;
    try {
      return await withTimeout(ANSWER_TIMEOUT, command(client));
    } catch (thrown) {
      // Who is refused (it has no memory left, say) has lost nothing by it.
      if (!(thrown instanceof ErrorReply)) this.#distrust(thrown);
      return fallback;
    }
  }

  /** What others have to know. Never rejects: where it may not have come to them, all is made true before we trust again. */
  async sendInvalidation(command: (client: RedisClient) => Promise<unknown>): Promise<void> {
    const { client } = this.#connection;
    // When it is there, all is made true.
    if (!client) return;
    const sent = withTimeout(ANSWER_TIMEOUT, command(client)).catch((thrown: unknown) => this.#distrust(thrown));
    // One that is not trusted may be silent; nobody should wait for that each time.
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
    // Not there: we are told when it is.
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
