import { AppError } from '../errors.ts';
import { BellQueue, type BellQueueOptions } from './bell-queue.ts';

export interface DoorbellOptions extends BellQueueOptions {
  /** Told once for each loss of Redis, and when it is back. */
  readonly onState: (state: 'connected' | 'lost', cause?: Error) => void;
}

const RECONNECT_MS = 500;

/**
 * bee-queue, reduced to a doorbell. Its own way back after a loss of Redis has holes (its Lua is gone from a restarted
 * server, each slot doubles its waiting time without end, a server that is down at the start is never tried again), so
 * a lost queue is thrown away whole and a new one is made, every half second until one works.
 */
export class Doorbell {
  readonly #options: DoorbellOptions;
  #bell: BellQueue | undefined;
  #opening: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #lost = false;
  #closed = false;

  constructor(options: DoorbellOptions) {
    this.#options = options;
  }

  /** False while rings go nowhere; whoever waits for them then has to look for work unasked. */
  get connected(): boolean {
    return this.#bell !== undefined;
  }

  /** Begins connecting and does not wait: work is accepted without Redis too. */
  open(): void {
    this.#opening = this.#connect();
  }

  /** Throws REDIS_CONNECTION_FAILED while Redis is away; whoever rings keeps the ring and tries again. */
  async ring(jobId: string, ring: number): Promise<void> {
    if (!this.#bell) throw new AppError('REDIS_CONNECTION_FAILED', 'Redis cannot be reached.', { retriable: true });
    await this.#bell.ring(jobId, ring);
  }

  /** Takes no new rings; does not wait for those under way, which hold leases in PostgreSQL. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const bell = this.#bell;
    this.#bell = undefined;
    await Promise.all([bell?.close(), this.#opening]);
  }

  /** Never rejects: a failure is told and tried again. */
  async #connect(): Promise<void> {
    try {
      const bell = await BellQueue.open(this.#options, (error) => this.#lose(error));
      if (this.#closed) return await bell.close();
      this.#bell = bell;
      if (this.#lost) this.#options.onState('connected');
      this.#lost = false;
    } catch (thrown) {
      this.#lose(AppError.from(thrown));
    }
  }

  #lose(error: Error): void {
    if (this.#closed) return;
    this.#bell = undefined;
    if (!this.#lost) this.#options.onState('lost', error);
    this.#lost = true;
    this.#timer = setTimeout(() => this.open(), RECONNECT_MS);
  }
}
