import type { OperationRequest } from '../operations/operation-runner.ts';
import { SocketOperation, type SocketOperationParts } from './socket-operation.ts';

/**
 * The operations of one socket. A client may use an id again as soon as its operation has ended, while that one is still
 * being closed here: so operations are kept by identity, and an id only names the one that runs under it now.
 */
export class SocketOperations {
  readonly #byId = new Map<string, SocketOperation>();
  /** Those of `#byId`, and those that have ended but are not closed yet. */
  readonly #unfinished = new Set<SocketOperation>();
  readonly #most: number;
  /** Called each time that something was closed. */
  readonly #onFinished: () => void;

  constructor({ most, onFinished }: { readonly most: number; readonly onFinished: () => void }) {
    this.#most = most;
    this.#onFinished = onFinished;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** As many run as may run at once. */
  get isFull(): boolean {
    return this.#byId.size >= this.#most;
  }

  /** So many have ended and are not closed yet that no more may begin: a client could pile up any number of them. */
  get isClosingMany(): boolean {
    return this.#unfinished.size - this.#byId.size >= this.#most;
  }

  start(request: OperationRequest, parts: Omit<SocketOperationParts, 'onEnd'>): void {
    const operation = new SocketOperation({ ...parts, onEnd: (ended) => this.#release(ended) });
    this.#byId.set(operation.id, operation);
    this.#unfinished.add(operation);
    void operation.run(request).finally(() => {
      this.#unfinished.delete(operation);
      this.#onFinished();
    });
  }

  /** Nothing happens where no operation runs under this id: it may have ended by itself a moment ago. */
  end(id: string): void {
    this.#byId.get(id)?.end();
  }

  endAll(): void {
    for (const operation of [...this.#byId.values()]) operation.end();
  }

  #release(operation: SocketOperation): void {
    if (this.#byId.get(operation.id) === operation) this.#byId.delete(operation.id);
  }
}
