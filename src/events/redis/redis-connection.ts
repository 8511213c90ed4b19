import { RedisClient as Driver, type RedisClientOptions } from '@redis/client';
import { type TimeoutOptions, withTimeout } from '../../concurrency/timeout.ts';
import { AppError } from '../../errors.ts';

export interface RedisConnectionOptions {
  readonly url: string;
  /** Called after each connect; `isNew` where subscriptions were lost. */
  readonly onReady: (client: RedisClient, isNew: boolean) => void;
  /** Called for each failure. */
  readonly onLost: (error: Error) => void;
}

export type RedisClient = ReturnType<typeof clientOf>;

const PING_MS = 2_000;
const CONNECT_MS = 5_000;
export const ANSWER_TIMEOUT: TimeoutOptions = {
  milliseconds: 2_000,
  code: 'REDIS_CONNECTION_FAILED',
  message: 'Redis does not answer: check that it runs, and REDIS_URL where that is set.',
};

/**
 * A connection to Redis that reconnects. The driver does so after a connection that has ended; one that became unresponsive
 * without ending is detected here, by a PING every two seconds, and discarded.
 */
export class RedisConnection {
  readonly #options: RedisConnectionOptions;
  #client: RedisClient;
  #known: RedisClient | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RedisConnectionOptions) {
    this.#options = options;
    this.#client = clientOf(options.url);
  }

  /** Null while Redis is unreachable. */
  get client(): RedisClient | null {
    return this.#client.isReady ? this.#client : null;
  }

  /** Starts to connect without waiting. */
  open(): void {
    const client = this.#client;
    const lose = (error: Error) => {
      if (client === this.#client) this.#options.onLost(error);
    };
    client.on('error', lose);
    client.on('ready', () => {
      const isNew = this.#known !== client;
      this.#known = client;
      this.#options.onReady(client, isNew);
    });
    client.connect().then(() => undefined, lose);
    this.#schedulePing(client);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#client.isOpen) this.#client.destroy();
  }

  #schedulePing(client: RedisClient, begun = performance.now()): void {
    this.#timer = setTimeout(() => {
      this.#ping(client, begun).then(
        (readyAt) => {
          if (!this.#closed) this.#schedulePing(client, readyAt);
        },
        (error: Error) => this.#replace(client, error),
      );
    }, PING_MS);
  }

  /** When the client was ready last. Throws where Redis does not answer: a server can accept a connection and then not respond. */
  async #ping(client: RedisClient, readyAt: number): Promise<number> {
    if (client.isReady) {
      await withTimeout(ANSWER_TIMEOUT, client.ping());
      return performance.now();
    }
    if (performance.now() - readyAt > CONNECT_MS)
      throw new AppError(ANSWER_TIMEOUT.code, ANSWER_TIMEOUT.message, { retriable: true });
    return readyAt;
  }

  #replace(client: RedisClient, error: Error): void {
    if (this.#closed) return;
    this.#options.onLost(error);
    this.#client = clientOf(this.#options.url);
    if (client.isOpen) client.destroy();
    this.open();
  }
}

/**
 * A client of the driver. `createClient` generates a class with several hundred commands for each set of options that differs
 * from the last, which takes a tenth of a second; here all clients have one class.
 */
export function newRedisClient(options: RedisClientOptions) {
  const client = Driver.factory({})(options);
  // `destroy` does not end a socket that is still connecting (@redis/client 6.3): it would stay open, and keep the process alive.
  client.on('connect', () => {
    if (!client.isOpen) client.destroy();
  });
  return client;
}

function clientOf(url: string) {
  return newRedisClient({
    url,
    disableOfflineQueue: true,
    // Callers have their own timeouts, and unresponsive connections are detected above. The driver's timer costs a quarter of each command.
    commandOptions: { timeout: 0 },
    socket: { connectTimeout: 2_000, keepAlive: true, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000) },
  });
}
