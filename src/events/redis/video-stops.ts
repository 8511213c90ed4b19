import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'stops';

/** Tells every worker that a video was canceled or deleted, so that whoever makes it stops now and not at its next heartbeat. */
export class VideoStops {
  readonly #pubSub: RedisPubSub;

  constructor(pubSub: RedisPubSub) {
    this.#pubSub = pubSub;
  }

  publish(videoId: string): void {
    this.#pubSub.publish(CHANNEL, videoId);
  }

  /** Returns what ends it. */
  onStopped(listener: (videoId: string) => void): () => void {
    return this.#pubSub.listen(CHANNEL, (text) => {
      if (text !== '') listener(text);
    });
  }
}
