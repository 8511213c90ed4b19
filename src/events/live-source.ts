import type { VideoEvent } from '../entities/video-event.ts';
import { encodeEventId } from '../ids.ts';
import type { FeedRequest, VideoFeed } from './video-feed.ts';

export interface OpenOptions {
  /** The last event that is not wanted any more; the newest one there is comes first where left out. */
  readonly after?: number | undefined;
  /**
   * Told when everything up to `seq` was taken and nothing more was there. True ends the stream; it waits for news where
   * the answer is false, as where nobody is told.
   */
  readonly onCaughtUp?: (seq: number) => boolean;
}

type SourceRequest = Omit<FeedRequest, 'signal' | keyof OpenOptions>;

/**
 * The events of one video or owner, for somebody who may see them. It can be opened again from any place, so that all who
 * have caught up with it can be served by one stream.
 */
export class LiveSource implements AsyncIterable<VideoEvent> {
  /** The same for all sources of the same events. */
  readonly topic: string;
  /** Where this client wants to begin. */
  readonly after: number | undefined;
  readonly #feed: VideoFeed;
  readonly #request: SourceRequest;

  constructor(feed: VideoFeed, request: SourceRequest, after?: number) {
    this.#feed = feed;
    this.#request = request;
    this.after = after;
    this.topic = request.videoId ?? request.ownerId;
  }

  /** The id of one of its events, as clients see it. */
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
    // A generator that waits for news only notices return() once it is woken: aborting wakes it.
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
