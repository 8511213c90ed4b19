import { PollingRelay } from '../../concurrency/polling-relay.ts';
import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Notification } from './notification.ts';
import {
  deleteDelivery,
  distribute,
  GIVEN_UP_HOURS,
  postponeDelivery,
  type TakenDelivery,
  takeDelivery,
} from './notification-store.ts';
import type { Notifier } from './notifier.ts';
import { attemptOf, type NotifierChannels } from './notifier-channels.ts';

export interface DeliveryRelayParts {
  readonly db: Database;
  readonly channels: NotifierChannels;
  readonly log: Record<'debug' | 'warn' | 'error', (facts: object, message: string) => void>;
  /** Before the second attempt; doubled for each further one, up to five minutes. */
  readonly firstRetrySeconds?: number;
}

type ReadDelivery = TakenDelivery & { readonly notification: Notification };

const POLL_MS = 5_000;
const FIRST_RETRY_SECONDS = 10;
const LONGEST_RETRY_SECONDS = 300;
/** A service that asks for a longer wait is asked again earlier. */
const LONGEST_WAIT_SECONDS = 3_600;

/**
 * Sends the notifications in the table, at once when triggered, else within five seconds. Safe to run in every process. Each notifier has
 * its own loop: one that fails or does not answer delays no other.
 */
export class DeliveryRelay {
  readonly #parts: DeliveryRelayParts;
  readonly #distribution: PollingRelay;
  readonly #loops: ReadonlyMap<string, PollingRelay>;
  readonly #closing = new AbortController();

  constructor(parts: DeliveryRelayParts) {
    this.#parts = parts;
    // Nothing is lost: the rows are still there.
    const onFault = (thrown: unknown) =>
      parts.log.debug({ err: AppError.from(thrown) }, 'waiting notifications could not be read');
    const loopOf = (work: () => Promise<boolean>) => new PollingRelay({ pollMs: POLL_MS, work, onFault });
    this.#distribution = loopOf(() => this.#distribute());
    this.#loops = new Map(parts.channels.all().map((one) => [one.name, loopOf(() => this.#sendNext(one))]));
  }

  /** Sends what waits of earlier processes too. */
  start(): void {
    this.trigger();
    for (const loop of this.#loops.values()) loop.trigger();
  }

  /** Reads the table now. */
  trigger(): void {
    this.#distribution.trigger();
  }

  /** What is being sent is aborted, and sent again by another process. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#distribution, ...this.#loops.values()].map((loop) => loop.close()));
  }

  async #distribute(): Promise<boolean> {
    const { db, channels, log } = this.#parts;
    const { notifiers, unknown, isFull } = await db.transaction((em) =>
      distribute(em, (notification, recipients) => channels.for(notification, recipients).map(({ name }) => name)),
    );
    if (unknown > 0)
      log.error({ count: unknown }, 'notifications of another version could not be read, and are given up');
    for (const name of notifiers) this.#loops.get(name)?.trigger();
    return isFull;
  }

  /** True where the next one may be sent too. */
  async #sendNext(notifier: Notifier): Promise<boolean> {
    const { db, log } = this.#parts;
    const taken = await takeDelivery(db.sql(), notifier.name);
    if (taken === null) return false;
    const { notification } = taken;
    if (notification === null) {
      log.error({ notifier: notifier.name }, 'a notification of another version could not be read, and is given up');
      await deleteDelivery(db.sql(), taken.id);
      return true;
    }
    try {
      await attemptOf(notifier, notification, { id: taken.notificationId, signal: this.#closing.signal });
    } catch (thrown) {
      return await this.#onFailure(notifier, { ...taken, notification }, AppError.from(thrown));
    }
    // Sent and not deleted, after a crash, it is sent twice.
    await deleteDelivery(db.sql(), taken.id);
    return true;
  }

  async #onFailure({ name }: Notifier, taken: ReadDelivery, err: AppError): Promise<boolean> {
    const { db, log } = this.#parts;
    const { kind, priority, title } = taken.notification;
    const facts = { err, notifier: name, kind, priority, title, attempts: taken.attempts };
    if (this.#closing.signal.aborted) await postponeDelivery(db.sql(), taken.id, 0);
    else if (!err.retriable || taken.isLast) {
      const why = err.retriable ? `for ${GIVEN_UP_HOURS} hours` : 'because of its content';
      log.error(facts, `a notification could not be sent ${why}, and is given up`);
      await deleteDelivery(db.sql(), taken.id);
      return true;
    } else {
      log.warn(facts, 'a notification could not be sent; it is tried again');
      await postponeDelivery(db.sql(), taken.id, this.#waitOf(taken.attempts, err.retryAfterSeconds));
    }
    return false;
  }

  #waitOf(attempts: number, said = 0): number {
    const { firstRetrySeconds = FIRST_RETRY_SECONDS } = this.#parts;
    const growing = Math.min(LONGEST_RETRY_SECONDS, firstRetrySeconds * 2 ** Math.min(attempts - 1, 10));
    return Math.max(growing, Math.min(LONGEST_WAIT_SECONDS, said));
  }
}
