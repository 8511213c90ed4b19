import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { MessageType } from 'graphql-ws';
import type { Caller, OperationRequest, OperationRunner } from '../operations/operation-runner.ts';
import type { Operation } from '../operations/running-operation.ts';
import { type Sink, SubscriptionRun } from '../subscriptions/subscription-run.ts';
import type { MessageWriter } from './message-writer.ts';

export interface SocketOperationParts {
  readonly id: string;
  readonly caller: Caller;
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
    const { operations, caller } = this.#parts;
    try {
      const prepared = operations.prepare(request, 'websocket', caller);
      if (isOperation(prepared)) await this.#execute(prepared);
      else await this.#finish(MessageType.Error, operations.presentErrors(prepared, caller.traceId));
    } catch (thrown) {
      await this.fail(operations.presentThrown(thrown, caller.traceId));
    }
  }

  /** Ends it with an `error` message. */
  async fail(error: GraphQLFormattedError): Promise<void> {
    await this.#finish(MessageType.Error, [error]);
  }

  /** Ends it without a message. */
  end(): void {
    if (!this.#hasEnded) this.#noteEnd();
    const { operations, caller } = this.#parts;
    this.#subscriptionRun?.leave().catch((thrown: unknown) => operations.presentThrown(thrown, caller.traceId)); // which logs it
  }

  push(answer: Buffer): boolean {
    return this.#hasEnded || this.#parts.messageWriter.push(this.#headBytes, answer);
  }

  async send(answer: string): Promise<void> {
    if (!this.#hasEnded) await this.#parts.messageWriter.send(`${this.#head}${answer}}`);
  }

  async #execute(prepared: Operation): Promise<void> {
    const { operations, caller } = this.#parts;
    const running = await operations.begin(prepared);
    const isSubscription = prepared.executable.type === 'subscription';
    const result = isSubscription ? await running.subscribe(this) : await running.execute();
    if (result instanceof SubscriptionRun) await this.#runSubscription(result);
    else if (!this.#hasEnded) await this.send(JSON.stringify(operations.present(result, caller.traceId)));
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

function isOperation(prepared: Operation | readonly GraphQLError[]): prepared is Operation {
  return !Array.isArray(prepared);
}
