import { createClient } from '@redis/client';
import BeeQueue from 'bee-queue';
import type { QueueName } from '../entities/enums.ts';
import { AppError } from '../errors.ts';
import { type Patience, within } from '../within.ts';
import { redisAddress } from './redis-address.ts';

/** A worker's ear: how many rings it answers at once, and how. A ring is acknowledged when its promise settles. */
export interface Listener {
  readonly slots: number;
  readonly answer: () => Promise<void>;
}

export interface BellQueueOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly queue: QueueName;
  readonly listener?: Listener;
  /** Rings of workers that died are heard again after one to two of these; 5,000 where left out. */
  readonly stalledMs?: number;
}

/** What Redis carries: which job to look at. Everything else is in PostgreSQL. */
interface Ring {
  readonly jobId: string;
}

/** How often a queue has to prove that it works. */
const PROOF_MS = 2_000;
const STALLED_MS = 5_000;
const CLOSING_MS = 1_000;
const ANSWER: Patience = {
  milliseconds: 2_000,
  code: 'REDIS_CONNECTION_FAILED',
  message: 'Redis does not answer: check that it runs and that REDIS_URL is right.',
};

/**
 * One life of a bee-queue: from a connection that works to the first sign that it does not. It is not mended after that,
 * for its own way back has holes; whoever uses it throws it away and opens another.
 */
export class BellQueue {
  readonly #queue: BeeQueue<Ring>;
  #onLost: ((error: Error) => void) | undefined;
  #lostBy: Error | undefined;
  #proof: NodeJS.Timeout | undefined;
  #ended = false;

  private constructor(queue: BeeQueue<Ring>) {
    this.#queue = queue;
    queue.on('error', (error) => this.#lose(error));
  }

  /** Resolves once Redis has proved that it takes rings; throws where it does not. `onLost` is called later, once at most. */
  static async open(options: BellQueueOptions, onLost: (error: Error) => void): Promise<BellQueue> {
    // bee-queue keeps no hold on a connection that is never answered: only knock where somebody is in.
    await knock(options.redisUrl);
    const queue = queueOf(options);
    const bell = new BellQueue(queue);
    try {
      // Its connect() never settles where the first connection fails; only ready(), which connect() makes, then rejects.
      await within(ANSWER, Promise.race([queue.connect(), queue.ready()]));
      await bell.#prove();
      if (bell.#lostBy) throw bell.#lostBy;
    } catch (thrown) {
      await bell.close();
      throw thrown;
    }
    if (options.listener) listen(queue, options.listener);
    bell.#onLost = onLost;
    bell.#planProof();
    return bell;
  }

  /** Resolves once Redis has the ring. */
  async ring(jobId: string, ring: number): Promise<void> {
    // bee-queue silently drops an id that it has seen before, so each ring has an id of its own.
    await within(ANSWER, this.#queue.createJob({ jobId }).setId(`${jobId}:${ring}`).save());
  }

  /** Takes no new rings and does not wait for answers under way. Never rejects. */
  async close(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#proof);
    // A queue whose server is gone cannot close in order, and one whose server is silent would wait for it for ever.
    const patience = { ...ANSWER, milliseconds: CLOSING_MS };
    await within(patience, this.#queue.close(1)).catch(() => undefined);
    endConnections(this.#queue);
  }

  #planProof(): void {
    this.#proof = setTimeout(() => {
      this.#prove().then(
        () => {
          if (!this.#ended) this.#planProof();
        },
        (thrown: unknown) => this.#lose(AppError.from(thrown)),
      );
    }, PROOF_MS);
  }

  /**
   * bee-queue only looks for rings whose worker has died when it is asked to. Asking is a script that writes, so it also
   * fails where Redis is silent, out of memory or has forgotten the scripts.
   */
  async #prove(): Promise<void> {
    await within(ANSWER, this.#queue.checkStalledJobs());
  }

  #lose(error: Error): void {
    if (this.#ended) return;
    this.#lostBy = error;
    void this.close();
    this.#onLost?.(error);
  }
}

function listen(queue: BeeQueue<Ring>, { slots, answer }: Listener): void {
  queue.process(slots, async () => await answer());
}

function queueOf({ redisUrl, prefix, queue, listener, stalledMs = STALLED_MS }: BellQueueOptions): BeeQueue<Ring> {
  return new BeeQueue<Ring>(queue.toLowerCase(), {
    prefix: `${prefix}:bq`,
    // A strategy that gives no delay makes node-redis 3 give up at once, which is what tells us of the loss.
    redis: {
      ...redisAddress(redisUrl),
      connect_timeout: ANSWER.milliseconds,
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
async function knock(url: string): Promise<void> {
  const client = createClient({ url, socket: { connectTimeout: ANSWER.milliseconds, reconnectStrategy: false } });
  // Its errors also come as rejections.
  client.on('error', () => undefined);
  try {
    await within(ANSWER, client.connect());
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
