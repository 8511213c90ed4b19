import type { Viewer } from '../../auth/viewer.ts';
import type { LiveSource } from '../../events/live-source.ts';
import { eventVariables } from '../../execution/event-variables.ts';
import type { ExecutableOperation } from '../../execution/executor.ts';
import type { OperationMetrics } from '../../monitoring/metrics.ts';

/** How the events of a subscription are answered. */
export interface SubscriptionQuery {
  readonly executable: ExecutableOperation;
  /** As the client gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The viewer at this moment: roles may change. */
  readonly viewer: Viewer | null;
  /** The result as JSON. */
  answer(event: unknown): Promise<string>;
}

/** One client of a shared stream. */
export interface Subscriber {
  readonly subscriptionQuery: SubscriptionQuery;
  /** The last event that the client has got. */
  readonly seq: number;
  /** The result is JSON in UTF-8. False where the client has much unread: it gets no more from the shared stream then. */
  receive(seq: number, answer: Buffer): boolean;
  /** The client has left the shared stream and continues alone from its last event. */
  detach(): void;
  /** The source has ended. */
  end(): void;
  fail(thrown: unknown): void;
}

/**
 * One stream of events for all clients that get the same results: the same events, the same operation and variables, the same user
 * with the same roles. Each event is read, executed and encoded once, however many sockets are open.
 */
export class SharedStreams {
  readonly #byOperation = new WeakMap<ExecutableOperation, OperationEntry>();
  readonly #metrics: OperationMetrics | undefined;
  #rightsChanges = 0;

  constructor(metrics?: OperationMetrics) {
    this.#metrics = metrics;
  }

  /** Returns the function that leaves again; null where the stream is ahead of the subscriber, which has to catch up first. */
  join(subscriber: Subscriber, source: LiveSource): (() => void) | null {
    const { executable, viewer, variables } = subscriber.subscriptionQuery;
    const { variableNames, sharedStreams } = this.#entryOf(executable);
    const scope = scopeOf(viewer);
    const key = `${source.topic} ${scope} ${valuesOf(variables, variableNames)}`;
    // A stream that all have left ends later, when another may be in its place.
    const onEnd = () => sharedStreams.get(key) === sharedStream && sharedStreams.delete(key);
    const sharedStream: SharedStream =
      sharedStreams.get(key) ??
      new SharedStream({
        source,
        scope,
        sent: subscriber.seq,
        rightsChanges: () => this.#rightsChanges,
        onSent: (count) => this.#metrics?.resultsSent('shared', count),
        onEnd,
      });
    sharedStreams.set(key, sharedStream);
    return sharedStream.join(subscriber) ? () => sharedStream.leaveStream(subscriber) : null;
  }

  /** Call it when the roles of a connected user have changed: only then are scopes compared again. */
  rightsChanged(): void {
    this.#rightsChanges++;
  }

  /** Counts a result that went to one client alone. */
  countSingle(): void {
    this.#metrics?.resultsSent('single', 1);
  }

  #entryOf(executable: ExecutableOperation): OperationEntry {
    const known = this.#byOperation.get(executable) ?? {
      variableNames: eventVariables(executable),
      sharedStreams: new Map(),
    };
    this.#byOperation.set(executable, known);
    return known;
  }
}

/** What is kept for one operation of a cached document. */
interface OperationEntry {
  /** Names of the variables that change its results: finding them visits the whole document. */
  readonly variableNames: readonly string[];
  readonly sharedStreams: Map<string, SharedStream>;
}

interface SharedStreamParts {
  readonly source: LiveSource;
  readonly scope: string;
  /** The last event that all subscribers have. */
  readonly sent: number;
  /** How often the roles of a connected user have changed. */
  readonly rightsChanges: () => number;
  /** Called with the number of clients that an event's result was handed to. */
  readonly onSent: (count: number) => void;
  /** Called before the stream ends, so that no subscriber joins it any more. */
  readonly onEnd: () => void;
}

class SharedStream {
  readonly #parts: SharedStreamParts;
  readonly #subscribers = new Set<Subscriber>();
  #sent: number;
  #rightsChanges: number;
  #events: ReturnType<LiveSource['open']> | undefined;

  constructor(parts: SharedStreamParts) {
    this.#parts = parts;
    this.#sent = parts.sent;
    this.#rightsChanges = parts.rightsChanges();
  }

  join(subscriber: Subscriber): boolean {
    if (subscriber.seq < this.#sent) return false;
    this.#subscribers.add(subscriber);
    if (!this.#events) void this.#run();
    return true;
  }

  leaveStream(subscriber: Subscriber): void {
    if (!this.#subscribers.delete(subscriber) || this.#subscribers.size > 0) return;
    this.#parts.onEnd();
    this.#events?.return().catch(() => undefined); // no subscriber is left to report it to
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    this.#events = this.#parts.source.open({ after: this.#sent });
    try {
      for await (const event of this.#events) {
        this.#detachChangedScopes();
        const [first] = this.#subscribers;
        if (!first) return;
        this.#deliver(event.seq, Buffer.from(await first.subscriptionQuery.answer(event)));
      }
      // A subscriber that has read further knows that the video was taken up again after its end.
      this.#releaseAll((subscriber) => (subscriber.seq > this.#sent ? subscriber.detach() : subscriber.end()));
    } catch (thrown) {
      this.#releaseAll((subscriber) => subscriber.fail(thrown));
    }
  }

  #deliver(seq: number, answer: Buffer): void {
    this.#sent = seq;
    let count = 0;
    for (const subscriber of this.#subscribers) {
      // A subscriber that joined while the answer was made may have read the event already.
      if (subscriber.seq >= seq) continue;
      count++;
      if (subscriber.receive(seq, answer)) continue;
      this.leaveStream(subscriber);
      subscriber.detach();
    }
    this.#parts.onSent(count);
  }

  /** Detaches the subscribers whose roles have changed since they joined: they get other results from now on. */
  #detachChangedScopes(): void {
    const changes = this.#parts.rightsChanges();
    if (changes === this.#rightsChanges) return;
    this.#rightsChanges = changes;
    for (const subscriber of this.#subscribers) {
      if (scopeOf(subscriber.subscriptionQuery.viewer) === this.#parts.scope) continue;
      this.leaveStream(subscriber);
      subscriber.detach();
    }
  }

  #releaseAll(release: (subscriber: Subscriber) => void): void {
    this.#parts.onEnd();
    for (const subscriber of this.#subscribers) release(subscriber);
    this.#subscribers.clear();
  }
}

/** What permission rules and services depend on. */
function scopeOf(viewer: Viewer | null): string {
  return viewer === null ? 'guest' : `${viewer.userId} ${viewer.roles.join()} ${viewer.apiKeyId ?? ''}`;
}

function valuesOf(variables: SubscriptionQuery['variables'], names: readonly string[]): string {
  return JSON.stringify(names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));
}
