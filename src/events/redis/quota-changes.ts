import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'quotas';

/** Notifies every API process that the quotas of a user have changed. */
export class QuotaChanges {
  readonly #pubSub: Pick<RedisPubSub, 'connected' | 'publish' | 'listen'>;

  constructor(pubSub: Pick<RedisPubSub, 'connected' | 'publish' | 'listen'>) {
    this.#pubSub = pubSub;
  }

  /** False while notices of other processes do not arrive. */
  get connected(): boolean {
    return this.#pubSub.connected;
  }

  publish(userId: string): void {
    this.#pubSub.publish(CHANNEL, userId);
  }

  /** The id is empty where notices may have been missed. Returns the function that stops it. */
  onChange(listener: (userId: string) => void): () => void {
    return this.#pubSub.listen(CHANNEL, listener);
  }
}
