import type { GraphQLError } from 'graphql';
import { type Message, MessageType, parseMessage, type SubscribeMessage } from 'graphql-ws';
import type { Device } from '../../auth/request-facts.ts';
import type { Viewer } from '../../auth/viewer.ts';
import { signIn } from '../authentication.ts';
import type { SocketAdmission } from '../connections/connection-limits.ts';
import { badInput, codeOf } from '../failures.ts';
import { isNestedDeeper, TOO_DEEP } from '../json-depth.ts';
import {
  CLOSE,
  type Close,
  ECHOED_PING_BYTES,
  ENVELOPE_BYTES,
  OPERATION_ID_LENGTH,
  REQUEST_DEPTH,
  type ServerLimits,
} from '../limits.ts';
import type { LiveSessions, WatchedSession } from '../live-sessions.ts';
import type { Caller, OperationRunner } from '../operations/operation-runner.ts';
import type { Authenticate, CreateContext } from '../ports.ts';
import { traceIdFrom, traceOf } from '../trace-id.ts';
import type { MessageWriter } from './message-writer.ts';
import { SocketOperations } from './socket-operations.ts';

/** The connection under the protocol. */
export interface Connection extends MessageWriter {
  readonly device: Device;
  /** False once either side has ended it: what is opened for it then would stay open. */
  readonly isOpen: boolean;
  end(code: Close, reason: string): void;
}

export interface SocketProtocolOptions {
  readonly operations: OperationRunner;
  readonly authenticate: Authenticate;
  readonly createContext: CreateContext;
  readonly sessions: LiveSessions;
  readonly limits: ServerLimits;
}

/**
 * The server's side of graphql-transport-ws on one connection; messages are parsed and checked by graphql-ws. The state is
 * ours, because the server of graphql-ws knows operations by their ids alone, and ends the wrong one where an id is used again
 * (docs/decisions/0021-socket-protocol.md).
 */
export class SocketProtocol {
  readonly #connection: Connection;
  readonly #admission: SocketAdmission;
  readonly #options: SocketProtocolOptions;
  readonly #running: SocketOperations;
  readonly #initTimer: NodeJS.Timeout;
  #state: 'opened' | 'signing in' | 'acknowledged' = 'opened';
  #session: WatchedSession | undefined;

  /** `onReady`: see `isBusy`. */
  constructor(connection: Connection, admission: SocketAdmission, options: SocketProtocolOptions, onReady: () => void) {
    this.#connection = connection;
    this.#admission = admission;
    this.#options = options;
    const { socketOperations: most, initWaitMs } = options.limits;
    this.#running = new SocketOperations({ most, onFinished: onReady });
    this.#initTimer = setTimeout(() => connection.end(CLOSE.NO_INIT, 'Connection initialisation timeout'), initWaitMs);
  }

  get isAcknowledged(): boolean {
    return this.#state === 'acknowledged';
  }

  /** While it is true no message may be handled; `onReady` is called when it may have changed. */
  get isBusy(): boolean {
    return this.#running.isClosingMany;
  }

  handle(bytes: Buffer): void {
    const text = bytes.toString();
    // An operation that nests too deep cannot be refused by itself: its id is not known before the message is parsed.
    if (isNestedDeeper(text, REQUEST_DEPTH + 1)) {
      this.#connection.end(CLOSE.BAD_REQUEST, TOO_DEEP);
      return;
    }
    const message = messageIn(text);
    switch (message?.type) {
      case MessageType.ConnectionInit:
        this.#init(message.payload);
        break;
      case MessageType.Ping:
        this.#pong(bytes.length <= ECHOED_PING_BYTES ? message.payload : undefined);
        break;
      case MessageType.Pong:
        break;
      case MessageType.Subscribe:
        this.#subscribe(message, bytes.length);
        break;
      case MessageType.Complete:
        this.#running.end(message.id);
        break;
      default:
        this.#connection.end(CLOSE.BAD_REQUEST, 'Invalid message received');
    }
  }

  /** The connection has ended, and everything that was opened for it does. */
  leave(): void {
    clearTimeout(this.#initTimer);
    this.#session?.stop();
    this.#running.endAll();
  }

  #init(payload: Payload): void {
    if (this.#state === 'opened') {
      clearTimeout(this.#initTimer);
      this.#state = 'signing in';
      void this.#signIn(payload);
    } else this.#connection.end(CLOSE.SECOND_INIT, 'Too many initialisation requests');
  }

  #pong(payload: Payload): void {
    void this.#connection.send(JSON.stringify({ type: MessageType.Pong, payload }));
  }

  /** Never rejects. */
  async #signIn(payload: Payload): Promise<void> {
    const { authenticate, operations } = this.#options;
    try {
      const signedIn = await signIn(authorizationIn(payload), authenticate);
      const isAdmitted = await this.#admission.acknowledge(signedIn?.viewer.userId ?? null);
      if (!this.#connection.isOpen) return;
      if (!isAdmitted) {
        this.#connection.end(CLOSE.TRY_AGAIN, 'Too many connections of this user');
        return;
      }
      if (signedIn) this.#session = this.#options.sessions.watch(signedIn, (end) => this.#endSession(end));
      this.#state = 'acknowledged';
      await this.#connection.send(JSON.stringify({ type: MessageType.ConnectionAck }));
    } catch (error) {
      const code = codeOf(operations.presentThrown(error, traceIdFrom(undefined)));
      if (code === 'UNAUTHENTICATED') this.#connection.end(CLOSE.UNAUTHORIZED, 'Unauthorized');
      else this.#connection.end(CLOSE.TRY_AGAIN, 'Try again later');
    }
  }

  #endSession(end: 'EXPIRED' | 'REVOKED'): void {
    this.#connection.end(CLOSE.FORBIDDEN, end === 'EXPIRED' ? 'Token expired' : 'Session ended');
  }

  #subscribe({ id, payload }: SubscribeMessage, bytes: number): void {
    const fault = this.#faultOf(id);
    if (fault) {
      this.#connection.end(...fault);
      return;
    }
    const caller = this.#caller();
    const refusal = this.#refusalOf(bytes);
    if (refusal) this.#refuse(id, refusal, caller.traceId);
    else
      this.#running.start(payload, {
        id,
        caller,
        operations: this.#options.operations,
        messageWriter: this.#connection,
      });
  }

  /** What is wrong with a new operation so that the socket has to be closed. */
  #faultOf(id: string): [Close, string] | undefined {
    if (!this.isAcknowledged) return [CLOSE.UNAUTHORIZED, 'Unauthorized'];
    if (id.length > OPERATION_ID_LENGTH)
      return [CLOSE.BAD_REQUEST, `An id has at most ${OPERATION_ID_LENGTH} characters`];
    return this.#running.has(id) ? [CLOSE.ID_IN_USE, 'An operation with this id is running'] : undefined;
  }

  /** What keeps an operation from being looked at, and leaves the others alone. */
  #refusalOf(bytes: number): GraphQLError | undefined {
    const { bodyBytes, socketOperations } = this.#options.limits;
    if (bytes > bodyBytes + ENVELOPE_BYTES)
      return badInput(`The request is too large: it may have ${bodyBytes} bytes. Send long texts in smaller parts.`);
    if (this.#running.isFull)
      return badInput(`At most ${socketOperations} operations may run on one socket at once: complete one first.`);
    return undefined;
  }

  #refuse(id: string, error: GraphQLError, traceId: string): void {
    const payload = [this.#options.operations.presentThrown(error, traceId)];
    void this.#connection.send(JSON.stringify({ id, type: MessageType.Error, payload }));
  }

  #caller(): Caller {
    const { createContext } = this.#options;
    const { device } = this.#connection;
    const trace = traceOf(undefined);
    const viewer = (): Viewer | null => this.#session?.viewer ?? null;
    return {
      ...trace,
      device,
      // A rejected token closes the socket at connection_init.
      refusal: null,
      get viewer() {
        return viewer();
      },
      context: () => createContext({ viewer: viewer(), ...trace, device }),
    };
  }
}

type Payload = Readonly<Record<string, unknown>> | null | undefined;

/** Undefined for what is no message of the protocol: graphql-ws throws plain errors for that, JSON.parse a SyntaxError. */
function messageIn(text: string): Message | undefined {
  try {
    return parseMessage(text);
  } catch {
    return undefined;
  }
}

function authorizationIn(payload: Payload): string | undefined {
  const authorization = payload?.['authorization'] ?? payload?.['Authorization'];
  if (authorization === undefined || authorization === null) return undefined;
  return typeof authorization === 'string' ? authorization : '';
}
