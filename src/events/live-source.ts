import type { VideoEvent } from '../entities/video-event.ts';
import { encodeEventId } from '../ids.ts';
import type { FeedRequest, VideoFeed } from './video-feed.ts';

export interface Opening {
  /** The last event that is not wanted any more; the newest one there is comes first where left out. */
  readonly after?: number | undefined;
  /**
   * Told when everything up to `seq` was taken and nothing more was there. True ends the stream; it waits for news where
   * the answer is false, as where nobody is told.
   */
  readonly onCaughtUp?: (seq: number) => boolean;
}

type Asked = Omit<FeedRequest, 'signal' | keyof Opening>;

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
  readonly #asked: Asked;

  constructor(feed: VideoFeed, asked: Asked, after?: number) {
    this.#feed = feed;
    this.#asked = asked;
    this.after = after;
    this.topic = asked.videoId ?? asked.ownerId;
  }

  /** The id of one of its events, as clients see it. */
  eventId(seq: number): string {
    return encodeEventId({ ownerId: this.#asked.ownerId, seq });
  }

  open({ after, onCaughtUp }: Opening): AsyncGenerator<VideoEvent, void, undefined> {
    const ending = new AbortController();
    const events = this.#feed.open({
      ...this.#asked,
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
