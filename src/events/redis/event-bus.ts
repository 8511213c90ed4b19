import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'events';

/** A video with new events in the log. */
export interface VideoLogChange {
  readonly ownerId: string;
  readonly videoId: string;
}

/** The topic of a listener: one video, all videos of an owner, or one generation. */
export type Topic =
  | { readonly ownerId: string; readonly videoId?: string | undefined }
  | { readonly generationId: string };

type PubSub = Pick<RedisPubSub, 'connected' | 'publish' | 'listen'>;

/** Notifies every API process that the log has new events, or a generation has changed. It only wakes listeners, which read the rest. */
export class EventBus {
  readonly #pubSub: PubSub;
  /** By the id of a video, of an owner or of a generation. */
  readonly #wakers = new Map<string, Set<() => void>>();
  #stop: (() => void) | undefined;

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  /** False while notifications of other processes do not arrive; then the log has to be polled. */
  get connected(): boolean {
    return this.#pubSub.connected;
  }

  /** The number of streams that wait for events. */
  get subscribers(): number {
    let count = 0;
    for (const wakers of this.#wakers.values()) count += wakers.size;
    return count;
  }

  publish({ ownerId, videoId }: VideoLogChange): void {
    this.#pubSub.publish(CHANNEL, `${ownerId} ${videoId}`);
  }

  /** A generation that belongs to no video has changed. */
  publishGeneration(id: string): void {
    this.#pubSub.publish(CHANNEL, id);
  }

  /** Calls `wake` each time the topic may have news; returns the function that ends it. */
  subscribe(topic: Topic, wake: () => void): () => void {
    this.#stop ??= this.#pubSub.listen(CHANNEL, (text) => this.#wake(text));
    const id = 'generationId' in topic ? topic.generationId : (topic.videoId ?? topic.ownerId);
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

  /** An empty message means that some may have been missed. */
  #wake(ids: string): void {
    const concerned = ids === '' ? [...this.#wakers.values()] : ids.split(' ').map((id) => this.#wakers.get(id) ?? []);
    for (const wakers of concerned) for (const wake of wakers) wake();
  }
}
