import { retryWhileUnreachable } from '../db/retry-while-unreachable.ts';
import type { VideoStatus } from '../entities/enums.ts';
import type { VideoEvent } from '../entities/video-event.ts';
import type { EventLog, VideoEventPosition } from './event-log.ts';
import type { EventBus } from './redis/event-bus.ts';
import { WakeSignal } from './wake-signal.ts';

const PAGE = 200;
/** Poll intervals of the log while there is no notification: long with the bus, short without it. */
const POLL_MS = { connected: 15_000, lost: 1_000 } as const;
const FINAL: ReadonlySet<VideoStatus> = new Set(['COMPLETED', 'FAILED', 'CANCELED']);

export interface FeedRequest {
  readonly ownerId: string;
  /** All videos of the owner by default. */
  readonly videoId?: string;
  /** Cursor after which to resume; by default the feed begins with the newest event. */
  readonly after?: number;
  readonly signal: AbortSignal;
  /** See `Opening` of live-source.ts. */
  readonly onCaughtUp?: (seq: number) => boolean;
}

type Log = Pick<EventLog, 'after' | 'newest'>;
type Bus = Pick<EventBus, 'connected' | 'subscribe'>;

/** Streams of progress: the log after a cursor, then new events. Nothing is opened before the first event is requested. */
export class VideoFeed {
  readonly #log: Log;
  readonly #bus: Bus;

  constructor(log: Log, bus: Bus) {
    this.#log = log;
    this.#bus = bus;
  }

  /** Ends after the last event of a finished video; a feed of all videos ends only with its signal. */
  async *open(request: FeedRequest): AsyncGenerator<VideoEvent, void, undefined> {
    const { ownerId, videoId, after, signal, onCaughtUp } = request;
    const wakeSignal = new WakeSignal();
    // Subscribed before the first read: an event written between the two is found by one of them.
    const unsubscribe = this.#bus.subscribe({ ownerId, videoId }, () => wakeSignal.wake());
    const onAbort = () => wakeSignal.wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      let seq = after;
      /** Whether the video may have ended although this feed has not delivered its last event. */
      let mayBeOver = true;
      if (seq === undefined) {
        const newest = await read(signal, () => this.#log.newest(ownerId, videoId));
        if (newest) yield newest;
        if (newest && videoId && FINAL.has(newest.status)) return;
        mayBeOver = newest === null;
        seq = newest?.seq ?? 0;
      }
      while (!signal.aborted) {
        const position: VideoEventPosition = { ownerId, seq };
        const events = (await read(signal, () => this.#log.after(position, videoId, PAGE))) ?? [];
        for (const event of events) {
          if (signal.aborted) return;
          yield event;
          seq = event.seq;
          mayBeOver = FINAL.has(event.status);
        }
        if (events.length === PAGE) continue;
        if (videoId && mayBeOver) {
          const newest = await read(signal, () => this.#log.newest(ownerId, videoId));
          if (newest === null || (newest.seq <= seq && FINAL.has(newest.status))) return;
          if (newest.seq > seq) continue;
        }
        if (onCaughtUp?.(seq)) return;
        // No second read before: an event written since the first read wakes the feed.
        mayBeOver = !(await wakeSignal.wait(this.#bus.connected ? POLL_MS.connected : POLL_MS.lost));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      unsubscribe();
    }
  }
}

/** An unreachable database ends no stream: events are delivered when it is reachable again. Null for a client that has left. */
async function read<T>(signal: AbortSignal, query: () => Promise<T>): Promise<T | null> {
  try {
    return await retryWhileUnreachable(signal, query);
  } catch (thrown) {
    if (signal.aborted) return null;
    throw thrown;
  }
}
