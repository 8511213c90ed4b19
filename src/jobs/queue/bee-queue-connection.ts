import BeeQueue from 'bee-queue';
import { type ClientOpts, createClient as createQueueClient, type RedisClient } from 'redis';
import { withTimeout } from '../../concurrency/timeout.ts';
import type { QueueName } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import { ANSWER_TIMEOUT, newRedisClient } from '../../events/redis/redis-connection.ts';
import { redisAddress } from './redis-address.ts';

/** A worker's listener: how many notifications it handles at once, and how. A notification is acknowledged when its promise settles. */
export interface Listener {
  readonly slots: number;
  readonly onNotification: () => Promise<void>;
}

export interface BeeQueueConnectionOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly queue: QueueName;
  readonly listener?: Listener;
  /** Notifications of crashed workers are delivered again after one to two of these intervals; 5,000 where left out. */
  readonly stalledMs?: number;
}

/** What Redis carries: which job to look at. Everything else is in PostgreSQL. */
interface Notification {
  readonly jobId: string;
}

/** How often a queue is checked. */
const CHECK_MS = 2_000;
const STALLED_MS = 5_000;
const CLOSING_MS = 1_000;

/**
 * A bee-queue from a working connection to the first failure. It is not repaired after that, because its recovery is
 * unreliable: the notifier discards it and opens another.
 */
export class BeeQueueConnection {
  readonly #queue: BeeQueue<Notification>;
  readonly #clients: QueueClients;
  #onLost: ((error: Error) => void) | undefined;
  #lossCause: Error | undefined;
  #checkTimer: NodeJS.Timeout | undefined;
  #ended = false;

  private constructor(queue: BeeQueue<Notification>, clients: QueueClients) {
    this.#queue = queue;
    this.#clients = clients;
    queue.on('error', (error) => this.#lose(error));
  }

  /** Resolves once Redis has accepted a check; throws where it does not. `onLost` is called later, once at most. */
  static async open(options: BeeQueueConnectionOptions, onLost: (error: Error) => void): Promise<BeeQueueConnection> {
    await checkReachable(options.redisUrl);
    const clients = new QueueClients(options.redisUrl);
    const queue = queueOf(options, clients.first);
    const connection = new BeeQueueConnection(queue, clients);
    try {
      // Its connect() never settles where the first connection fails; only ready(), which connect() makes, then rejects.
      await withTimeout(ANSWER_TIMEOUT, Promise.race([queue.connect(), queue.ready()]));
      await connection.#check();
      if (connection.#lossCause) throw connection.#lossCause;
    } catch (thrown) {
      await connection.close();
      throw thrown;
    }
    if (options.listener) listen(queue, options.listener);
    connection.#onLost = onLost;
    connection.#scheduleCheck();
    return connection;
  }

  /** Resolves once Redis has the notification. */
  async notify(jobId: string, notification: number): Promise<void> {
    // bee-queue silently drops an id that it has seen before, so each notification has a unique id.
    await withTimeout(ANSWER_TIMEOUT, this.#queue.createJob({ jobId }).setId(`${jobId}:${notification}`).save());
  }

  /** Accepts no new notifications and does not wait for those being handled. Never rejects. */
  async close(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#checkTimer);
    // A queue whose server is down cannot close gracefully, and one whose server does not respond would wait for it forever.
    const timeout = { ...ANSWER_TIMEOUT, milliseconds: CLOSING_MS };
    await withTimeout(timeout, this.#queue.close(1)).catch(() => undefined);
    this.#clients.end();
  }

  #scheduleCheck(): void {
    this.#checkTimer = setTimeout(() => {
      this.#check().then(
        () => {
          if (!this.#ended) this.#scheduleCheck();
        },
        (thrown: unknown) => this.#lose(AppError.from(thrown)),
      );
    }, CHECK_MS);
  }

  /**
   * bee-queue only checks for notifications of crashed workers on request. The request is a script that writes, so it also
   * fails where Redis does not respond, is out of memory or has lost the scripts.
   */
  async #check(): Promise<void> {
    await withTimeout(ANSWER_TIMEOUT, this.#queue.checkStalledJobs());
  }

  #lose(error: Error): void {
    if (this.#ended) return;
    this.#lossCause = error;
    void this.close();
    this.#onLost?.(error);
  }
}

function listen(queue: BeeQueue<Notification>, { slots, onNotification }: Listener): void {
  queue.process(slots, async () => await onNotification());
}

function queueOf(
  { prefix, queue, listener, stalledMs = STALLED_MS }: BeeQueueConnectionOptions,
  redis: RedisClient,
): BeeQueue<Notification> {
  return new BeeQueue<Notification>(queue.toLowerCase(), {
    prefix: `${prefix}:bq`,
    redis,
    isWorker: listener !== undefined,
    getEvents: false,
    sendEvents: false,
    storeJobs: false,
    removeOnSuccess: true,
    removeOnFailure: true,
    autoConnect: false,
    stallInterval: stalledMs,
  });
}

/**
 * The clients of one bee-queue, which duplicates the first one. bee-queue listens for one error of a client that is not ready yet,
 * and forgets it; a client whose server closes the connection while it signs in emits two, and the second would end the process.
 */
class QueueClients {
  readonly first: RedisClient;
  readonly #all: RedisClient[] = [];

  constructor(redisUrl: string) {
    const options: ClientOpts = {
      ...redisAddress(redisUrl),
      connect_timeout: ANSWER_TIMEOUT.milliseconds,
      // The connection that waits for notifications sends nothing itself: TCP keepalive checks whether the server is there.
      socket_initial_delay: 10_000,
      // A strategy that returns no delay makes node-redis 3 give up at once, which reports the loss.
      retry_strategy: ({ error }) => error ?? new Error('Redis closed the connection.'),
    };
    this.first = this.#watched(createQueueClient(options));
  }

  /** Also those that were never answered. */
  end(): void {
    for (const client of this.#all) client.end(true);
  }

  #watched(client: RedisClient): RedisClient {
    // bee-queue reports the first error.
    client.on('error', () => undefined);
    const duplicate = client.duplicate.bind(client);
    client.duplicate = (...given: unknown[]) => this.#watched(Reflect.apply(duplicate, client, given));
    this.#all.push(client);
    return client;
  }
}

/** Throws where no server answers at this address. */
async function checkReachable(url: string): Promise<void> {
  const client = newRedisClient({
    url,
    socket: { connectTimeout: ANSWER_TIMEOUT.milliseconds, reconnectStrategy: false },
  });
  // Its errors are also reported as rejections.
  client.on('error', () => undefined);
  try {
    await withTimeout(ANSWER_TIMEOUT, client.connect());
  } finally {
    if (client.isOpen) client.destroy();
  }
}
