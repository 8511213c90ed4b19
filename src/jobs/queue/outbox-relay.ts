import { PollingRelay } from '../../concurrency/polling-relay.ts';
import type { QueueName } from '../../entities/enums.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import type { JobStore } from './job-store.ts';

type Outbox = Pick<JobStore, 'takeNotifications' | 'deleteNotifications' | 'returnNotifications'>;

/** Sends notifications; those of several queues where it knows more than one. */
export interface Notifier {
  /** False while notifications cannot be delivered. */
  readonly connected: boolean;
  notify(jobId: string, notification: number, queue: QueueName): Promise<void>;
}

const BATCH = 100;
const POLL_MS = 1_000;
/** Many videos that are accepted in a short time are sent together, which costs a fraction; the first one is sent at once. */
const REST_MS = 10;

/** Sends the notifications in the outbox through Redis: at once when triggered, else each second. Safe to run in every process. */
export class OutboxRelay {
  readonly #outbox: Outbox;
  readonly #notifier: Notifier;
  readonly #relay: PollingRelay;

  constructor(outbox: Outbox, notifier: Notifier, logger: Logger) {
    this.#outbox = outbox;
    this.#notifier = notifier;
    this.#relay = new PollingRelay({
      pollMs: POLL_MS,
      restMs: REST_MS,
      work: async () => (await this.#sendBatch()) === BATCH,
      // Nothing is lost: the notifications are still in the outbox, and are tried again in a second.
      onFault: (thrown) => logger.debug({ err: AppError.from(thrown) }, 'the outbox could not be emptied'),
    });
  }

  start(): void {
    this.#relay.trigger();
  }

  /** Reads the outbox now. */
  trigger(): void {
    this.#relay.trigger();
  }

  async close(): Promise<void> {
    await this.#relay.close();
  }

  /**
   * Returns how many it sent, and throws where one could not be sent. They are taken in one commit, sent after it, and deleted
   * only once Redis has them: a crash in between sends them twice, which does no harm.
   */
  async #sendBatch(): Promise<number> {
    // Taking what cannot be sent would only write to the table each second.
    if (!this.#notifier.connected) return 0;
    const taken = await this.#outbox.takeNotifications(BATCH);
    if (taken.length === 0) return 0;
    const sent = await Promise.allSettled(
      taken.map(({ jobId, number, queue }) => this.#notifier.notify(jobId, number, queue)),
    );
    await this.#outbox.deleteNotifications(taken.filter((_, index) => sent[index]?.status === 'fulfilled'));
    const failure = sent.find((one) => one.status === 'rejected');
    if (!failure) return taken.length;
    await this.#outbox.returnNotifications(taken.filter((_, index) => sent[index]?.status === 'rejected'));
    throw failure.reason;
  }
}
