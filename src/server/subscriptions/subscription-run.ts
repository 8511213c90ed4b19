import { LiveSource } from '../../events/live-source.ts';
import type { SharedStreams, Subscriber, SubscriptionQuery } from './shared-stream.ts';

/**
 * Where the results of one subscription go; each is JSON, with the id of its event where the sink sends ids and the event has one:
 * a client can resume the subscription after that event.
 */
export interface Sink {
  /** True where event ids are sent to the client, beside the answers. */
  readonly sendsIds: boolean;
  /** Hands a result over, in UTF-8, without waiting; false where the client has much unread. */
  push(answer: Buffer, eventId?: string): boolean;
  /** Hands a result over; resolves when the operating system has it or the connection is gone. */
  send(answer: string, eventId?: string): Promise<void>;
}

export interface SubscriptionRunParts {
  readonly subscriptionQuery: SubscriptionQuery;
  readonly source: AsyncIterable<unknown>;
  readonly sink: Sink;
  readonly sharedStreams: SharedStreams;
  /** Called, perhaps more than once, when the source has ended or the client has left. */
  readonly onEnd?: () => void;
}

/**
 * One client's subscription, from its first event to its end. It catches up from the log at the client's own pace, then joins the
 * shared stream of all clients that get the same results; a client that falls behind reads the log alone again, so that nothing
 * piles up in memory for it.
 */
export class SubscriptionRun implements Subscriber {
  readonly subscriptionQuery: SubscriptionQuery;
  readonly #source: AsyncIterable<unknown>;
  readonly #sink: Sink;
  readonly #sharedStreams: SharedStreams;
  readonly #onEnd: () => void;
  readonly #left = Promise.withResolvers<void>();
  #hasLeft = false;
  #seq: number | undefined;
  #events: AsyncIterator<unknown> | undefined;
  /** While it is in a shared stream: how it leaves, and what follows. */
  #membership: StreamMembership | undefined;

  constructor({ subscriptionQuery, source, sink, sharedStreams, onEnd = () => {} }: SubscriptionRunParts) {
    this.subscriptionQuery = subscriptionQuery;
    this.#source = source;
    this.#sink = sink;
    this.#sharedStreams = sharedStreams;
    this.#onEnd = onEnd;
  }

  get seq(): number {
    return this.#seq ?? 0;
  }

  /** Resolves when the source has ended, or the client has left; rejects with what the source throws. */
  async run(): Promise<void> {
    try {
      await Promise.race([this.#consume(), this.#left.promise]);
    } finally {
      this.#onEnd();
    }
  }

  /** Resolves when nothing is open for it any more. */
  async leave(): Promise<void> {
    this.#hasLeft = true;
    this.#left.resolve();
    this.#onEnd();
    this.#membership?.leaveStream();
    this.#membership?.next.resolve('ended');
    // A source that was not iterated yet may hold resources, too.
    this.#events ??= this.#source[Symbol.asyncIterator]();
    await this.#events.return?.();
  }

  receive(seq: number, answer: Buffer): boolean {
    this.#seq = seq;
    return this.#sink.push(answer, this.#eventIdAt(seq));
  }

  detach(): void {
    this.#membership?.next.resolve('detached');
  }

  end(): void {
    this.#membership?.next.resolve('ended');
  }

  fail(thrown: unknown): void {
    this.#membership?.next.reject(thrown);
  }

  async #consume(): Promise<void> {
    const source = this.#source;
    if (!(source instanceof LiveSource)) return await this.#deliver(source[Symbol.asyncIterator]());
    for (;;) {
      this.#membership = undefined;
      const after = this.#seq ?? source.after;
      await this.#deliver(source.open({ after, onCaughtUp: (seq) => this.#join(source, seq) }));
      if ((await this.#membershipEnd()) === 'ended') return;
    }
  }

  /** Without a membership the source has ended. */
  async #membershipEnd(): Promise<'detached' | 'ended'> {
    return this.#membership ? await this.#membership.next.promise : 'ended';
  }

  #join(source: LiveSource, seq: number): boolean {
    if (this.#hasLeft) return true;
    this.#seq = seq;
    const next = Promise.withResolvers<'detached' | 'ended'>();
    this.#membership = { leaveStream: () => undefined, next };
    const leaveStream = this.#sharedStreams.join(this, source);
    this.#membership = leaveStream ? { leaveStream, next } : undefined;
    return leaveStream !== null;
  }

  async #deliver(events: AsyncIterator<unknown>): Promise<void> {
    this.#events = events;
    try {
      while (!this.#hasLeft) {
        const { done, value } = await events.next();
        if (done) return;
        const answer = await this.subscriptionQuery.answer(value);
        // The client may have left while the answer was made.
        if (this.#hasLeft) return;
        this.#sharedStreams.countSingle();
        await this.#sink.send(answer, this.#eventIdOf(value));
      }
    } finally {
      await events.return?.();
    }
  }

  #eventIdOf(event: unknown): string | undefined {
    if (typeof event !== 'object' || event === null || !('seq' in event) || typeof event.seq !== 'number')
      return undefined;
    return this.#eventIdAt(event.seq);
  }

  #eventIdAt(seq: number): string | undefined {
    return this.#sink.sendsIds && this.#source instanceof LiveSource ? this.#source.eventId(seq) : undefined;
  }
}

interface StreamMembership {
  readonly leaveStream: () => void;
  readonly next: PromiseWithResolvers<'detached' | 'ended'>;
}
