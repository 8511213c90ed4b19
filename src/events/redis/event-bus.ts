import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'events';

/** A video whose log has grown. */
export interface VideoLogChange {
  readonly ownerId: string;
  readonly videoId: string;
}

/** What somebody waits for: news of one video, or of all of an owner's. */
export interface Topic {
  readonly ownerId: string;
  readonly videoId?: string | undefined;
}

type PubSub = Pick<RedisPubSub, 'connected' | 'publish' | 'listen'>;

/** Says to every API process that a log has grown. It only wakes; what happened is in the log. */
export class EventBus {
  readonly #pubSub: PubSub;
  /** By the id of a video, or of an owner. */
  readonly #wakers = new Map<string, Set<() => void>>();
  #stop: (() => void) | undefined;

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  /** False while news of other processes do not come; then the log has to be looked at now and then. */
  get connected(): boolean {
    return this.#pubSub.connected;
  }

  /** How many streams are waiting for news. */
  get subscribers(): number {
    let count = 0;
    for (const wakers of this.#wakers.values()) count += wakers.size;
    return count;
  }

  publish({ ownerId, videoId }: VideoLogChange): void {
    this.#pubSub.publish(CHANNEL, `${ownerId} ${videoId}`);
  }

  /** Calls `wake` each time the topic's log may have grown; returns the function that ends it. */
  subscribe({ ownerId, videoId }: Topic, wake: () => void): () => void {
    this.#stop ??= this.#pubSub.listen(CHANNEL, (text) => this.#wake(text));
    const id = videoId ?? ownerId;
    const wakers = this.#wakers.get(id) ?? new Set();
    this.#wakers.set(id, wakers.add(wake));
    return () => {
      wakers.delete(wake);
      if (wakers.size === 0 && this.#wakers.get(id) === wakers) this.#wakers.delete(id);
    };
  }

  close(): void {
    this.#stop?.();
    this.#wakers.clear();
  }

  /** An empty notice means that some may have been missed. */
  #wake(ids: string): void {
    const concerned = ids === '' ? [...this.#wakers.values()] : ids.split(' ').map((id) => this.#wakers.get(id) ?? []);
    for (const wakers of concerned) for (const wake of wakers) wake();
  }
}
