import type { NoticeBoard } from './notice-board.ts';

const CHANNEL = 'sessions';

/** Tells every API process which sessions were ended, so that it closes their sockets. */
export class SessionNotices {
  readonly #board: NoticeBoard;

  constructor(board: NoticeBoard) {
    this.#board = board;
  }

  async revoked(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length > 0) this.#board.publish(CHANNEL, sessionIds.join(' '));
  }

  /** Calls back with the sessions that were ended, on whichever process; returns what ends it. */
  onRevoked(listener: (sessionIds: readonly string[]) => void): () => void {
    return this.#board.listen(CHANNEL, (text) => {
      if (text !== '') listener(text.split(' '));
    });
  }
}
