import type { QueueName } from '../../entities/enums.ts';
import type { JobNotifier } from './job-notifier.ts';
import type { Notifier } from './outbox-relay.ts';

/** The queues whose jobs workers claim. */
export type WorkedQueue = Extract<QueueName, 'VIDEO' | 'AI'>;

/** The notifiers of all queues as one. */
export class QueueNotifiers implements Notifier {
  readonly #notifiers: Readonly<Record<WorkedQueue, JobNotifier>>;

  constructor(notifiers: Readonly<Record<WorkedQueue, JobNotifier>>) {
    this.#notifiers = notifiers;
  }

  get connected(): boolean {
    return Object.values(this.#notifiers).every(({ connected }) => connected);
  }

  /** No worker listens to a queue that has no notifier. */
  async notify(jobId: string, notification: number, queue: QueueName): Promise<void> {
    if (queue === 'VIDEO' || queue === 'AI') await this.#notifiers[queue].notify(jobId, notification);
  }
}
