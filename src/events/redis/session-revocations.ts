import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'sessions';

/** Tells every API process which sessions were ended, so that it closes their sockets. */
export class SessionRevocations {
  readonly #pubSub: RedisPubSub;

  constructor(pubSub: RedisPubSub) {
    this.#pubSub = pubSub;
  }

  async revoked(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length > 0) this.#pubSub.publish(CHANNEL, sessionIds.join(' '));
  }

  /** Calls back with the sessions that were ended, on whichever process; returns what ends it. */
  onRevoked(listener: (sessionIds: readonly string[]) => void): () => void {
    return this.#pubSub.listen(CHANNEL, (text) => {
      if (text !== '') listener(text.split(' '));
    });
  }
}
