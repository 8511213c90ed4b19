import type { GraphQLFormattedError } from 'graphql';
import { MessageType } from 'graphql-ws';
import { Follower, type Sink } from './follower.ts';
import { type Asker, type OperationRequest, type Operations, PreparedOperation } from './operations.ts';

/** Where the messages of an operation go. */
export interface Outlet {
  /** Sends bytes without waiting; false where the client has much left to read. */
  push(head: Buffer, answer: Buffer): boolean;
  /** Resolves when the operating system has the message, or the connection is gone; never rejects. */
  send(message: string): Promise<void>;
}

export interface SocketOperationParts {
  readonly id: string;
  readonly asker: Asker;
  readonly operations: Operations;
  readonly outlet: Outlet;
  /** Called once, when the client may use the id again: before the last message is sent, or when the client ends it. */
  readonly onEnd: (operation: SocketOperation) => void;
}

/**
 * One operation of a socket, from its `subscribe` message to its end. Whatever fails in it is an `error` of this operation.
 * After `end()` it sends nothing more, even where it ends while it is still being opened.
 */
export class SocketOperation implements Sink {
  readonly id: string;
  readonly sendsIds = false;
  readonly #parts: SocketOperationParts;
  readonly #head: string;
  readonly #headBytes: Buffer;
  #follower: Follower | undefined;
  #hasEnded = false;

  constructor(parts: SocketOperationParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#head = `{"id":${JSON.stringify(parts.id)},"type":"${MessageType.Next}","payload":`;
    this.#headBytes = Buffer.from(this.#head);
  }

  /** Resolves when nothing of it is open any more and its last message is sent; never rejects. */
  async run(request: OperationRequest): Promise<void> {
    const { operations, asker } = this.#parts;
    try {
      const prepared = operations.prepare(request, asker);
      if (prepared instanceof PreparedOperation) await this.#execute(prepared);
      else await this.#finish(MessageType.Error, operations.presentErrors(prepared, asker.traceId));
    } catch (thrown) {
      await this.fail(operations.presentThrown(thrown, asker.traceId));
    }
  }

  /** Ends it with an `error` message. */
  async fail(error: GraphQLFormattedError): Promise<void> {
    await this.#finish(MessageType.Error, [error]);
  }

  /** Ends it without a message. */
  end(): void {
    if (!this.#hasEnded) this.#noteEnd();
    const { operations, asker } = this.#parts;
    this.#follower?.leave().catch((thrown: unknown) => operations.presentThrown(thrown, asker.traceId)); // which logs it
  }

  push(answer: Buffer): boolean {
    return this.#hasEnded || this.#parts.outlet.push(this.#headBytes, answer);
  }

  async send(answer: string): Promise<void> {
    if (!this.#hasEnded) await this.#parts.outlet.send(`${this.#head}${answer}}`);
  }

  async #execute(prepared: PreparedOperation): Promise<void> {
    const { operations, asker } = this.#parts;
    const result =
      prepared.type === 'subscription'
        ? await operations.subscribe(prepared, this)
        : await operations.execute(prepared);
    if (result instanceof Follower) await this.#follow(result);
    else if (!this.#hasEnded) await this.send(JSON.stringify(operations.present(result, asker.traceId)));
    await this.#finish(MessageType.Complete);
  }

  async #follow(follower: Follower): Promise<void> {
    this.#follower = follower;
    // The client may have ended it while its source was being opened.
    if (this.#hasEnded) await follower.leave();
    else await follower.run();
  }

  async #finish(type: MessageType.Complete | MessageType.Error, payload?: readonly GraphQLFormattedError[]) {
    if (this.#hasEnded) return;
    this.#noteEnd();
    await this.#parts.outlet.send(JSON.stringify({ id: this.id, type, payload }));
  }

  #noteEnd(): void {
    this.#hasEnded = true;
    this.#parts.onEnd(this);
  }
}
