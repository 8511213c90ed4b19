import type { VideoEvent } from '../entities/video-event.ts';
import { encodeEventId } from '../ids.ts';
import type { FeedRequest, VideoFeed } from './video-feed.ts';

export interface OpenOptions {
  /** The last event that the client already has; by default the stream begins with the newest event. */
  readonly after?: number | undefined;
  /**
   * Called when everything up to `seq` has been delivered and there is no more. True ends the stream; with false it waits for
   * new events, as it does without this function.
   */
  readonly onCaughtUp?: (seq: number) => boolean;
}

type SourceRequest = Omit<FeedRequest, 'signal' | keyof OpenOptions>;

/**
 * The events of one video or owner, for a viewer who may see them. It can be opened again at any position, so that one stream
 * can serve all clients that have reached the end of the log.
 */
export class LiveSource implements AsyncIterable<VideoEvent> {
  /** Equal for all sources of the same events. */
  readonly topic: string;
  /** The position at which this client begins. */
  readonly after: number | undefined;
  readonly #feed: VideoFeed;
  readonly #request: SourceRequest;

  constructor(feed: VideoFeed, request: SourceRequest, after?: number) {
    this.#feed = feed;
    this.#request = request;
    this.after = after;
    this.topic = request.videoId ?? request.ownerId;
  }

  /** The id of one of its events, in the form that clients use. */
  eventId(seq: number): string {
    return encodeEventId({ ownerId: this.#request.ownerId, seq });
  }

  open({ after, onCaughtUp }: OpenOptions): AsyncGenerator<VideoEvent, void, undefined> {
    const ending = new AbortController();
    const events = this.#feed.open({
      ...this.#request,
      signal: ending.signal,
      ...(after === undefined ? {} : { after }),
      ...(onCaughtUp ? { onCaughtUp } : {}),
    });
    // A generator that waits for events handles return() only once it is woken: aborting wakes it.
    const end = events.return.bind(events);
    events.return = (value) => {
      ending.abort();
      return end(value);
    };
    return events;
  }

  [Symbol.asyncIterator](): AsyncGenerator<VideoEvent, void, undefined> {
    return this.open({ after: this.after });
  }
}
