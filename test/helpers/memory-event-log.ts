import { setImmediate as turn } from 'node:timers/promises';
import { buildSchema, parse } from 'graphql';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { VideoEvent } from '../../src/entities/video-event.ts';
import { LiveSource } from '../../src/events/live-source.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { VideoFeed } from '../../src/events/video-feed.ts';
import { PreparedDocument } from '../../src/execution/document-cache.ts';
import type { ExecutableOperation } from '../../src/execution/executor.ts';
import { PlanExecutor } from '../../src/execution/plan.ts';
import type { SharedStreams } from '../../src/server/subscriptions/shared-stream.ts';
import { SubscriptionRun } from '../../src/server/subscriptions/subscription-run.ts';

export const ANN = 'ann';
export const BEES = 'bees';

/** A log of events and its bus, in memory, for the real feed. */
export class MemoryEventLog {
  readonly bus: EventBus;
  readonly feed: VideoFeed;
  /** The number of reads of the log that have begun. */
  looks = 0;
  /** Awaited by each read after it has its result, like the delay of an answer. */
  delay: () => Promise<unknown> = () => turn();
  #events: VideoEvent[] = [];
  #receive: (text: string) => void = () => undefined;

  constructor() {
    this.bus = new EventBus({
      connected: true,
      publish: (_channel, text) => this.#receive(text),
      listen: (_channel, receive) => {
        this.#receive = receive;
        return () => undefined;
      },
    });
    const ofVideo = (videoId: string | undefined) => (event: VideoEvent) =>
      videoId === undefined || event.videoId === videoId;
    this.feed = new VideoFeed(
      {
        after: ({ seq }, videoId, limit) =>
          this.#look(() =>
            this.#events
              .filter(ofVideo(videoId))
              .filter((event) => event.seq > seq)
              .slice(0, limit),
          ),
        newest: (_ownerId, videoId) => this.#look(() => this.#events.findLast(ofVideo(videoId)) ?? null),
      },
      this.bus,
    );
  }

  get lastSeq(): number {
    return this.#events.at(-1)?.seq ?? 0;
  }

  source(after?: number, videoId: string | null = BEES): LiveSource {
    return new LiveSource(this.feed, { ownerId: ANN, ...(videoId !== null && { videoId }) }, after);
  }

  /** Writes the next event and notifies listeners; returns its number. */
  write(status: VideoEvent['status'] = 'PROCESSING', videoId = BEES): number {
    const seq = this.lastSeq + 1;
    this.#events.push(eventOf(seq, videoId, status));
    this.bus.publish({ ownerId: ANN, videoId });
    return seq;
  }

  /** The log without its last events, as after the restore of a database. */
  truncateAfter(seq: number): void {
    this.#events = this.#events.filter((event) => event.seq <= seq);
  }

  async #look<T>(see: () => T): Promise<T> {
    this.looks++;
    const seen = see();
    await this.delay();
    return seen;
  }
}

function eventOf(seq: number, videoId: string, status: VideoEvent['status']): VideoEvent {
  return {
    ownerId: ANN,
    seq,
    videoId,
    status,
    run: 1,
    stage: null,
    stageStatus: null,
    progress: 0,
    message: 'A step.',
    sceneIndex: null,
    sceneCount: null,
    etaSeconds: null,
    costSpent: '0',
    error: null,
    at: new Date(0),
  };
}

const SCHEMA = buildSchema(`
  directive @note(text: String) on FIELD
  type Query { none: Int }
  type Subscription { progress(after: ID, deep: [ID]): Event! }
  type Event { seq: Int! title(in: String, of: Filter): String video: Event }
  input Filter { names: [String] }
`);

/** The plan of a subscription to `progress`. */
export function planOf(text: string): ExecutableOperation {
  const plan = new PreparedDocument(parse(text), new PlanExecutor({ schema: SCHEMA, hideSuggestions: true })).operation(
    null,
  );
  if (!plan) throw new Error('The document must contain one operation.');
  return plan;
}

export function viewerOf(userId: string, roles: Viewer['roles'] = ['CREATOR']): Viewer {
  const permissions: Viewer['permissions'] = new Set();
  return { userId, username: userId, roles, permissions, sessionId: userId, tokenExpiresAt: new Date(8.64e15) };
}

/** Waits, turn by turn of the event loop, until a condition is true. */
export async function waitUntil(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !holds(); await turn())
    if (Date.now() > end) throw new Error(`This did not happen in time: ${what}.`);
}

const STEPS = planOf('subscription ($after: ID, $in: String) { progress(after: $after) { seq title(in: $in) } }');

export interface ReaderOptions {
  readonly eventLog: MemoryEventLog;
  readonly sharedStreams: SharedStreams;
  readonly source?: AsyncIterable<unknown>;
  readonly after?: number;
  readonly plan?: ExecutableOperation;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly viewer?: Viewer | null;
}

/** A subscription run whose client records what it receives, without a socket. */
export class Reader {
  readonly subscriptionRun: SubscriptionRun;
  /** Numbers of the events that it received. */
  readonly seen: number[] = [];
  viewer: Viewer | null;
  /** Numbers of the events that were executed for it. */
  readonly answered: number[] = [];
  /** Awaited by each answer that is created for it. */
  answering: () => Promise<unknown> = () => Promise.resolve();
  /** Resolves when the client accepts what is sent only to it; at once for a client that reads. */
  clientRead: Promise<unknown> = Promise.resolve();
  isLagging = false;
  end: 'over' | Error | undefined;

  constructor({ eventLog, sharedStreams, source, after, plan = STEPS, variables = {}, viewer }: ReaderOptions) {
    this.viewer = viewer === undefined ? viewerOf(ANN) : viewer;
    const self = this;
    this.subscriptionRun = new SubscriptionRun({
      sharedStreams,
      source: source ?? eventLog.source(after),
      subscriptionQuery: {
        executable: plan,
        variables,
        get viewer() {
          return self.viewer;
        },
        answer: (event) => this.#answer(event),
      },
      sink: {
        sendsIds: false,
        push: (answer) => {
          this.seen.push(JSON.parse(answer.toString()));
          return !this.isLagging;
        },
        send: async (answer) => {
          this.seen.push(JSON.parse(answer));
          await this.clientRead;
        },
      },
    });
  }

  /** Begins the subscription. */
  open(): this {
    this.subscriptionRun.run().then(
      () => (this.end = 'over'),
      (thrown: Error) => (this.end = thrown),
    );
    return this;
  }

  get last(): number {
    return this.seen.at(-1) ?? 0;
  }

  async #answer(event: unknown): Promise<string> {
    if (typeof event !== 'object' || event === null || !('seq' in event)) throw new TypeError('This is no event.');
    this.answered.push(Number(event.seq));
    await this.answering();
    return JSON.stringify(event.seq);
  }
}
