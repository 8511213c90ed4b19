import type { NoticeBoard } from './notice-board.ts';

const CHANNEL = 'events';

/** Says to every API process that an owner's log has grown. It only wakes; what happened is in the log. */
export class EventBus {
  readonly #board: NoticeBoard;
  readonly #wakers = new Map<string, Set<() => void>>();
  #stop: (() => void) | undefined;

  constructor(board: NoticeBoard) {
    this.#board = board;
  }

  /** False while news of other processes do not come; then the log has to be looked at now and then. */
  get connected(): boolean {
    return this.#board.connected;
  }

  /** How many streams are waiting for news. */
  get subscribers(): number {
    let count = 0;
    for (const wakers of this.#wakers.values()) count += wakers.size;
    return count;
  }

  announce(ownerId: string): void {
    this.#board.publish(CHANNEL, ownerId);
  }

  /** Calls `wake` each time the owner's log may have grown; returns the function that ends it. */
  subscribe(ownerId: string, wake: () => void): () => void {
    this.#stop ??= this.#board.listen(CHANNEL, (text) => this.#wake(text));
    const wakers = this.#wakers.get(ownerId) ?? new Set();
    this.#wakers.set(ownerId, wakers.add(wake));
    return () => {
      wakers.delete(wake);
      if (wakers.size === 0 && this.#wakers.get(ownerId) === wakers) this.#wakers.delete(ownerId);
    };
  }

  close(): void {
    this.#stop?.();
    this.#wakers.clear();
  }

  /** An empty notice means that some may have been missed. */
  #wake(ownerId: string): void {
    const concerned = ownerId === '' ? [...this.#wakers.values()] : [this.#wakers.get(ownerId) ?? []];
    for (const wakers of concerned) for (const wake of wakers) wake();
  }
}
