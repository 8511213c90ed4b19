import { retryWhileUnreachable } from '../db/retry-while-unreachable.ts';
import type { VideoStatus } from '../entities/enums.ts';
import type { VideoEvent } from '../entities/video-event.ts';
import type { EventLog, VideoEventPosition } from './event-log.ts';
import type { EventBus } from './redis/event-bus.ts';

const PAGE = 200;
/** How often the log is looked at while nobody wakes us: seldom with the bus, often without it. */
const POLL_MS = { connected: 15_000, lost: 1_000 } as const;
const FINAL: ReadonlySet<VideoStatus> = new Set(['COMPLETED', 'FAILED', 'CANCELED']);

export interface FeedRequest {
  readonly ownerId: string;
  /** All of the owner's videos where left out. */
  readonly videoId?: string;
  /** Cursor to go on after; without it the feed begins with the newest event there is. */
  readonly after?: number;
  readonly signal: AbortSignal;
  /** See `Opening` of live-source.ts. */
  readonly onCaughtUp?: (seq: number) => boolean;
}

type Log = Pick<EventLog, 'after' | 'newest'>;
type Bus = Pick<EventBus, 'connected' | 'subscribe'>;

/** Streams of progress: the log after a cursor, then live. Nothing is opened before the first event is asked for. */
export class VideoFeed {
  readonly #log: Log;
  readonly #bus: Bus;

  constructor(log: Log, bus: Bus) {
    this.#log = log;
    this.#bus = bus;
  }

  /** Ends after the last event of a video that has finished; a feed of all videos ends only with its signal. */
  async *open(request: FeedRequest): AsyncGenerator<VideoEvent, void, undefined> {
    const { ownerId, videoId, after, signal, onCaughtUp } = request;
    const wakeSignal = new WakeSignal();
    // Subscribed before the first look: what is written between the two is then seen by one of them.
    const unsubscribe = this.#bus.subscribe({ ownerId, videoId }, () => wakeSignal.wake());
    const onAbort = () => wakeSignal.wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      let seq = after;
      /** Whether the video may have ended without our having been given its end here. */
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
        // No second look before: what was written since the first one rings the bell.
        mayBeOver = !(await wakeSignal.wait(this.#bus.connected ? POLL_MS.connected : POLL_MS.lost));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      unsubscribe();
    }
  }
}

/** A database that is away for a while ends no stream: what is written is told when it is back. Null for who has left meanwhile. */
async function read<T>(signal: AbortSignal, query: () => Promise<T>): Promise<T | null> {
  try {
    return await retryWhileUnreachable(signal, query);
  } catch (thrown) {
    if (signal.aborted) return null;
    throw thrown;
  }
}

/** Remembers a ring that came while nobody waited. */
class WakeSignal {
  #isWoken = false;
  #awake: (() => void) | undefined;

  wake(): void {
    this.#isWoken = true;
    this.#awake?.();
  }

  /** False where nobody has rung for so long. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#awake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const isWoken = this.#isWoken;
    this.#awake = undefined;
    this.#isWoken = false;
    return isWoken;
  }
}
