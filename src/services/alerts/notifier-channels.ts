import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { type Notification, RECIPIENTS, type Recipients } from './notification.ts';
import type { Delivery, Notifier } from './notifier.ts';

export interface NotifierChannelsParts {
  /** Where levels have the same target, they have the same notifier. */
  readonly levels: Readonly<Record<Recipients, readonly Notifier[]>>;
  readonly log: { error(facts: object, message: string): void };
}

/** What a notifier made of one notification. */
export interface SendOutcome {
  readonly notifier: string;
  /** Null where the service has it. */
  readonly error: AppError | null;
}

/** The notifier that is always set, and reaches no one by itself. */
export const LOG_NOTIFIER = 'log';

/** Whether someone has the notification: one of the services that are set, where there are any. */
export function hasArrived(outcomes: readonly SendOutcome[]): boolean {
  const services = outcomes.filter(({ notifier }) => notifier !== LOG_NOTIFIER);
  return services.length === 0 || services.some(({ error }) => error === null);
}

/** One attempt of a notifier takes no longer. */
const ATTEMPT_MS = 30_000;
const ATTEMPTS = 3;
const PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 15_000;

/** The notifiers that are set, by levels of escalation. */
export class NotifierChannels {
  readonly #parts: NotifierChannelsParts;

  constructor(parts: NotifierChannelsParts) {
    this.#parts = parts;
  }

  /** Each once. */
  all(): readonly Notifier[] {
    return [...new Set(RECIPIENTS.flatMap((level) => this.#parts.levels[level]))];
  }

  /** Those that pass on a notification. The end of an alert goes to the levels below as well, which know of it. */
  for(notification: Notification, recipients: Recipients): readonly Notifier[] {
    const isEnd = notification.kind === 'resolved' || notification.kind === 'acknowledged';
    const levels = isEnd ? RECIPIENTS.slice(0, RECIPIENTS.indexOf(recipients) + 1) : [recipients];
    const notifiers = new Set(levels.flatMap((level) => this.#parts.levels[level]));
    return [...notifiers].filter((notifier) => notifier.takes(notification));
  }

  /**
   * Sends from this process, without the database: where it is lost, a notification cannot be queued. Each notifier has three attempts
   * within seconds; a failure is logged, and in the outcomes. An aborted signal ends it.
   */
  async sendNow(
    notification: Notification,
    recipients: Recipients = 'on_call',
    signal = new AbortController().signal,
  ): Promise<readonly SendOutcome[]> {
    const outcomes = await this.sendThrough(this.for(notification, recipients), notification, ATTEMPTS, signal);
    const { kind, priority, title } = notification;
    for (const { notifier, error } of outcomes)
      if (error !== null)
        this.#parts.log.error({ err: error, notifier, kind, priority, title }, 'a notification could not be sent');
    return outcomes;
  }

  /** The same through some notifiers, without the log. */
  async sendThrough(
    notifiers: readonly Notifier[],
    notification: Notification,
    attempts: number,
    signal = new AbortController().signal,
  ): Promise<readonly SendOutcome[]> {
    const id = randomUUID();
    return await Promise.all(
      notifiers.map(async (notifier) => ({
        notifier: notifier.name,
        error: await errorOf(notifier, notification, { id, attempts, signal }),
      })),
    );
  }
}

async function errorOf(
  notifier: Notifier,
  notification: Notification,
  { id, attempts, signal }: Delivery & { readonly attempts: number },
): Promise<AppError | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      await attemptOf(notifier, notification, { id, signal });
      return null;
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (attempt >= attempts || !error.retriable || signal.aborted) return error;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, (error.retryAfterSeconds ?? 0) * 1_000 || PAUSE_MS);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return error;
    }
  }
}

/** One attempt, bounded in time also where the notifier does not heed its signal. */
export async function attemptOf(
  notifier: Notifier,
  notification: Notification,
  { id, signal }: Delivery,
): Promise<void> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]);
  const aborted = Promise.withResolvers<never>();
  const refuse = () =>
    aborted.reject(
      new AppError('NOTIFICATION_FAILED', 'The notifier did not end in time, or was stopped.', { retriable: true }),
    );
  bounded.addEventListener('abort', refuse, { once: true });
  try {
    if (bounded.aborted) refuse();
    await Promise.race([notifier.send(notification, { id, signal: bounded }), aborted.promise]);
  } finally {
    bounded.removeEventListener('abort', refuse);
  }
}
