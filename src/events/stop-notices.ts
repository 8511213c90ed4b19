import type { NoticeBoard } from './notice-board.ts';

const CHANNEL = 'stops';

/** Tells every worker that a video was canceled or deleted, so that whoever makes it stops now and not at its next heartbeat. */
export class StopNotices {
  readonly #board: NoticeBoard;

  constructor(board: NoticeBoard) {
    this.#board = board;
  }

  announce(videoId: string): void {
    this.#board.publish(CHANNEL, videoId);
  }

  /** Returns what ends it. */
  onStopped(listener: (videoId: string) => void): () => void {
    return this.#board.listen(CHANNEL, (text) => {
      if (text !== '') listener(text);
    });
  }
}
