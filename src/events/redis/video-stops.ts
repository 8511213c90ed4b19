import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'stops';

/** Notifies every worker that a video was canceled or deleted, so that its worker stops at once and not at its next heartbeat. */
export class VideoStops {
  readonly #pubSub: RedisPubSub;

  constructor(pubSub: RedisPubSub) {
    this.#pubSub = pubSub;
  }

  publish(videoId: string): void {
    this.#pubSub.publish(CHANNEL, videoId);
  }

  /** Returns the function that stops it. */
  onStopped(listener: (videoId: string) => void): () => void {
    return this.#pubSub.listen(CHANNEL, (text) => {
      if (text !== '') listener(text);
    });
  }
}
