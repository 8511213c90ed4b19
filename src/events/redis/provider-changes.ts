import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'providers';

/** Notifies every API process that a provider was enabled or disabled, or that its circuit has opened or closed. */
export class ProviderChanges {
  readonly #pubSub: RedisPubSub;

  constructor(pubSub: RedisPubSub) {
    this.#pubSub = pubSub;
  }

  publish(provider: string): void {
    this.#pubSub.publish(CHANNEL, provider);
  }

  /** Also called where notices may have been missed. Returns the function that stops it. */
  onChange(listener: () => void): () => void {
    return this.#pubSub.listen(CHANNEL, () => listener());
  }
}
