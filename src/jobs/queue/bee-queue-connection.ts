import { createClient } from '@redis/client';
import BeeQueue from 'bee-queue';
import type { QueueName } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import { type TimeoutOptions, withTimeout } from '../../timeout.ts';
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
  /** Rings of workers that died are heard again after one to two of these; 5,000 where left out. */
  readonly stalledMs?: number;
}

/** What Redis carries: which job to look at. Everything else is in PostgreSQL. */
interface Notification {
  readonly jobId: string;
}

/** How often a queue has to prove that it works. */
const CHECK_MS = 2_000;
const STALLED_MS = 5_000;
const CLOSING_MS = 1_000;
const ANSWER_TIMEOUT: TimeoutOptions = {
  milliseconds: 2_000,
  code: 'REDIS_CONNECTION_FAILED',
  message: 'Redis does not answer: check that it runs and that REDIS_URL is right.',
};

/**
 * One life of a bee-queue: from a connection that works to the first sign that it does not. It is not mended after that,
 * for its own way back has holes; whoever uses it throws it away and opens another.
 */
export class BeeQueueConnection {
  readonly #queue: BeeQueue<Notification>;
  #onLost: ((error: Error) => void) | undefined;
  #lossCause: Error | undefined;
  #checkTimer: NodeJS.Timeout | undefined;
  #ended = false;

  private constructor(queue: BeeQueue<Notification>) {
    this.#queue = queue;
    queue.on('error', (error) => this.#lose(error));
  }

  /** Resolves once Redis has proved that it takes rings; throws where it does not. `onLost` is called later, once at most. */
  static async open(options: BeeQueueConnectionOptions, onLost: (error: Error) => void): Promise<BeeQueueConnection> {
    // bee-queue keeps no hold on a connection that is never answered: only knock where somebody is in.
    await checkReachable(options.redisUrl);
    const queue = queueOf(options);
    const connection = new BeeQueueConnection(queue);
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
    // bee-queue silently drops an id that it has seen before, so each notification has an id of its own.
    await withTimeout(ANSWER_TIMEOUT, this.#queue.createJob({ jobId }).setId(`${jobId}:${notification}`).save());
  }

  /** Takes no new rings and does not wait for answers under way. Never rejects. */
  async close(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#checkTimer);
    // A queue whose server is gone cannot close in order, and one whose server is silent would wait for it for ever.
    const timeout = { ...ANSWER_TIMEOUT, milliseconds: CLOSING_MS };
    await withTimeout(timeout, this.#queue.close(1)).catch(() => undefined);
    endConnections(this.#queue);
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
   * bee-queue only looks for rings whose worker has died when it is asked to. Asking is a script that writes, so it also
   * fails where Redis is silent, out of memory or has forgotten the scripts.
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

function queueOf({
  redisUrl,
  prefix,
  queue,
  listener,
  stalledMs = STALLED_MS,
}: BeeQueueConnectionOptions): BeeQueue<Notification> {
  return new BeeQueue<Notification>(queue.toLowerCase(), {
    prefix: `${prefix}:bq`,
    // A strategy that gives no delay makes node-redis 3 give up at once, which is what tells us of the loss.
    redis: {
      ...redisAddress(redisUrl),
      connect_timeout: ANSWER_TIMEOUT.milliseconds,
      // The connection on which rings are waited for says nothing itself: let the kernel ask whether it is there.
      socket_initial_delay: 10_000,
      retry_strategy: ({ error }: { error?: Error }) => error ?? new Error('Redis closed the connection.'),
    },
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

/** Throws where nobody answers at this address. */
async function checkReachable(url: string): Promise<void> {
  const client = createClient({
    url,
    socket: { connectTimeout: ANSWER_TIMEOUT.milliseconds, reconnectStrategy: false },
  });
  // Its errors also come as rejections.
  client.on('error', () => undefined);
  try {
    await withTimeout(ANSWER_TIMEOUT, client.connect());
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** bee-queue leaves its connections to a silent server open. */
function endConnections(queue: object): void {
  for (const name of ['client', 'bclient']) {
    const client: unknown = Reflect.get(queue, name);
    if (isClient(client)) client.end(true);
  }
}

function isClient(value: unknown): value is { end(flush: boolean): void } {
  return typeof value === 'object' && value !== null && 'end' in value && typeof value.end === 'function';
}
