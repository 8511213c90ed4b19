import type { GraphQLFormattedError } from 'graphql';
import { MessageType } from 'graphql-ws';
import {
  type OperationRequest,
  type OperationRunner,
  PreparedOperation,
  type RequestContext,
} from '../operations/operation-runner.ts';
import { type Sink, SubscriptionRun } from '../subscriptions/subscription-run.ts';

/** Where the messages of an operation go. */
export interface MessageWriter {
  /** Sends bytes without waiting; false where the client has much left to read. */
  push(head: Buffer, answer: Buffer): boolean;
  /** Resolves when the operating system has the message, or the connection is gone; never rejects. */
  send(message: string): Promise<void>;
}

export interface SocketOperationParts {
  readonly id: string;
  readonly requestContext: RequestContext;
  readonly operations: OperationRunner;
  readonly messageWriter: MessageWriter;
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
  #subscriptionRun: SubscriptionRun | undefined;
  #hasEnded = false;

  constructor(parts: SocketOperationParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#head = `{"id":${JSON.stringify(parts.id)},"type":"${MessageType.Next}","payload":`;
    this.#headBytes = Buffer.from(this.#head);
  }

  /** Resolves when nothing of it is open any more and its last message is sent; never rejects. */
  async run(request: OperationRequest): Promise<void> {
    const { operations, requestContext } = this.#parts;
    try {
      const prepared = operations.prepare(request, requestContext);
      if (prepared instanceof PreparedOperation) await this.#execute(prepared);
      else await this.#finish(MessageType.Error, operations.presentErrors(prepared, requestContext.traceId));
    } catch (thrown) {
      await this.fail(operations.presentThrown(thrown, requestContext.traceId));
    }
  }

  /** Ends it with an `error` message. */
  async fail(error: GraphQLFormattedError): Promise<void> {
    await this.#finish(MessageType.Error, [error]);
  }

  /** Ends it without a message. */
  end(): void {
    if (!this.#hasEnded) this.#noteEnd();
    const { operations, requestContext } = this.#parts;
    this.#subscriptionRun?.leave().catch((thrown: unknown) => operations.presentThrown(thrown, requestContext.traceId)); // which logs it
  }

  push(answer: Buffer): boolean {
    return this.#hasEnded || this.#parts.messageWriter.push(this.#headBytes, answer);
  }

  async send(answer: string): Promise<void> {
    if (!this.#hasEnded) await this.#parts.messageWriter.send(`${this.#head}${answer}}`);
  }

  async #execute(prepared: PreparedOperation): Promise<void> {
    const { operations, requestContext } = this.#parts;
    const result =
      prepared.type === 'subscription'
        ? await operations.subscribe(prepared, this)
        : await operations.execute(prepared);
    if (result instanceof SubscriptionRun) await this.#runSubscription(result);
    else if (!this.#hasEnded) await this.send(JSON.stringify(operations.present(result, requestContext.traceId)));
    await this.#finish(MessageType.Complete);
  }

  async #runSubscription(subscriptionRun: SubscriptionRun): Promise<void> {
    this.#subscriptionRun = subscriptionRun;
    // The client may have ended it while its source was being opened.
    if (this.#hasEnded) await subscriptionRun.leave();
    else await subscriptionRun.run();
  }

  async #finish(type: MessageType.Complete | MessageType.Error, payload?: readonly GraphQLFormattedError[]) {
    if (this.#hasEnded) return;
    this.#noteEnd();
    await this.#parts.messageWriter.send(JSON.stringify({ id: this.id, type, payload }));
  }

  #noteEnd(): void {
    this.#hasEnded = true;
    this.#parts.onEnd(this);
  }
}
