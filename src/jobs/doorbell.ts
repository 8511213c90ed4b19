import BeeQueue from 'bee-queue';
import type { QueueName } from '../entities/enums.ts';
import { AppError } from '../errors.ts';

export interface DoorbellOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly queue: QueueName;
  /** A worker's ear: how many rings it answers at once, and how. A ring is acknowledged when its promise settles. */
  readonly listener?: { readonly slots: number; readonly answer: () => Promise<void> };
  /** Told once for each loss of Redis, and when it is back. */
  readonly onState: (state: 'connected' | 'lost', cause?: Error) => void;
}

/** What Redis carries: which job to look at. Everything else is in PostgreSQL. */
interface Ring {
  readonly jobId: string;
}

const RECONNECT_MS = 500;
const STALLED_CHECK_MS = 5_000;

/**
 * bee-queue, reduced to a doorbell. Its own way back after a loss of Redis has holes (its Lua is gone from a restarted
 * server, each slot doubles its waiting time without end, a server that is down at the start is never tried again), so
 * a lost queue is thrown away whole and a new one is made, every half second until one connects.
 */
export class Doorbell {
  readonly #options: DoorbellOptions;
  #queue: BeeQueue<Ring> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lost = false;
  #closed = false;

  constructor(options: DoorbellOptions) {
    this.#options = options;
  }

  /** Begins connecting and does not wait: work is accepted without Redis too. */
  open(): void {
    void this.#connect();
  }

  /** Throws REDIS_CONNECTION_FAILED while Redis is away; whoever rings keeps the ring and tries again. */
  async ring(jobId: string, ring: number): Promise<void> {
    if (!this.#queue) throw new AppError('REDIS_CONNECTION_FAILED', 'Redis cannot be reached.', { retriable: true });
    // bee-queue silently drops an id that it has seen before, so each ring has an id of its own.
    await this.#queue.createJob({ jobId }).setId(`${jobId}:${ring}`).save();
  }

  /** Takes no new rings; does not wait for those under way, which hold leases in PostgreSQL. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#queue) await discard(this.#queue);
    this.#queue = undefined;
  }

  /** Never rejects: a failure is told and tried again. */
  async #connect(): Promise<void> {
    const queue = queueOf(this.#options);
    let abandoned = false;
    const abandon = (error: Error) => {
      if (abandoned || this.#closed) return;
      abandoned = true;
      this.#noteLost(error);
      this.#queue = undefined;
      this.#timer = setTimeout(() => void this.#connect(), RECONNECT_MS);
      void discard(queue);
    };
    queue.on('error', abandon);
    try {
      // Its connect() never settles where the first connection fails; only ready(), which connect() makes, then rejects.
      await Promise.race([queue.connect(), queue.ready()]);
      if (this.#closed) return await discard(queue);
      if (abandoned) return;
      this.#queue = queue;
      this.#listen(queue);
      this.#noteConnected();
    } catch (thrown) {
      abandon(AppError.from(thrown));
    }
  }

  #listen(queue: BeeQueue<Ring>): void {
    const { listener } = this.#options;
    if (!listener) return;
    queue.process(listener.slots, async () => await listener.answer());
    // Rings of dead workers are only looked for when it is asked to, and on a timer only with a callback.
    queue.checkStalledJobs(STALLED_CHECK_MS, () => undefined);
  }

  #noteLost(error: Error): void {
    if (!this.#lost) this.#options.onState('lost', error);
    this.#lost = true;
  }

  #noteConnected(): void {
    if (this.#lost) this.#options.onState('connected');
    this.#lost = false;
  }
}

function queueOf({ redisUrl, prefix, queue, listener }: DoorbellOptions): BeeQueue<Ring> {
  return new BeeQueue<Ring>(queue.toLowerCase(), {
    prefix: `${prefix}:bq`,
    // A strategy that gives no delay makes node-redis 3 give up at once, which is what tells us of the loss.
    redis: {
      url: redisUrl,
      retry_strategy: ({ error }: { error?: Error }) => error ?? new Error('Redis closed the connection.'),
    },
    isWorker: listener !== undefined,
    getEvents: false,
    sendEvents: false,
    storeJobs: false,
    removeOnSuccess: true,
    removeOnFailure: true,
    autoConnect: false,
    stallInterval: STALLED_CHECK_MS,
  });
}

/** A queue whose server is gone cannot close cleanly, and one with work under way is not waited for. */
async function discard(queue: BeeQueue<Ring>): Promise<void> {
  await queue.close(1).then(
    () => undefined,
    () => undefined,
  );
}
