import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'sessions';

/** Notifies every API process of ended sessions, so that it closes their sockets. */
export class SessionRevocations {
  readonly #pubSub: RedisPubSub;

  constructor(pubSub: RedisPubSub) {
    this.#pubSub = pubSub;
  }

  async revoked(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length > 0) this.#pubSub.publish(CHANNEL, sessionIds.join(' '));
  }

  /** Calls back with sessions that were ended by any process; returns the function that stops it. */
  onRevoked(listener: (sessionIds: readonly string[]) => void): () => void {
    return this.#pubSub.listen(CHANNEL, (text) => {
      if (text !== '') listener(text.split(' '));
    });
  }
}
