import { AppError } from '../../errors.ts';
import { BeeQueueConnection, type BeeQueueConnectionOptions } from './bee-queue-connection.ts';

export interface JobNotifierOptions extends BeeQueueConnectionOptions {
  /** Called once for each loss of Redis, and when it is reachable again. */
  readonly onState: (state: 'connected' | 'lost', cause?: Error) => void;
}

const RECONNECT_MS = 500;

/**
 * bee-queue, reduced to sending notifications. It does not recover reliably from a loss of Redis (its Lua scripts are missing in
 * a restarted server, each slot doubles its waiting time without a limit, a server that is down at the start is never tried
 * again), so a lost queue is discarded and a new one is created, every half second until one works.
 */
export class JobNotifier {
  readonly #options: JobNotifierOptions;
  #connection: BeeQueueConnection | undefined;
  #opening: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #lost = false;
  #closed = false;

  constructor(options: JobNotifierOptions) {
    this.#options = options;
  }

  /** False while notifications cannot be delivered; the worker then has to poll. */
  get connected(): boolean {
    return this.#connection !== undefined;
  }

  /** Starts connecting and does not wait: jobs are accepted without Redis too. */
  open(): void {
    this.#opening = this.#connect();
  }

  /** Throws REDIS_CONNECTION_FAILED while Redis cannot be reached; the caller keeps the notification and tries again. */
  async notify(jobId: string, notification: number): Promise<void> {
    if (!this.#connection)
      throw new AppError('REDIS_CONNECTION_FAILED', 'Redis cannot be reached.', { retriable: true });
    await this.#connection.notify(jobId, notification);
  }

  /** Accepts no new notifications; does not wait for those being handled, which hold leases in PostgreSQL. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const connection = this.#connection;
    this.#connection = undefined;
    await Promise.all([connection?.close(), this.#opening]);
  }

  /** Never rejects: a failure is reported and tried again. */
  async #connect(): Promise<void> {
    try {
      const connection = await BeeQueueConnection.open(this.#options, (error) => this.#lose(error));
      if (this.#closed) return await connection.close();
      this.#connection = connection;
      if (this.#lost) this.#options.onState('connected');
      this.#lost = false;
    } catch (thrown) {
      this.#lose(AppError.from(thrown));
    }
  }

  #lose(error: Error): void {
    if (this.#closed) return;
    this.#connection = undefined;
    if (!this.#lost) this.#options.onState('lost', error);
    this.#lost = true;
    this.#timer = setTimeout(() => this.open(), RECONNECT_MS);
  }
}
