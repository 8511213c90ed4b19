/**
 * Times and sizes of the transport, for HTTP, WebSocket and server-sent events alike. Up to and including each number is
 * allowed. Tests make them small.
 */
export interface ServerLimits {
  /** Bytes of a request body. An operation on a socket may have the same, and `ENVELOPE_BYTES` for the message around it. */
  readonly bodyBytes: number;
  /** Bytes that a client may send on a socket before its connection_ack; more closes the socket with 1009. */
  readonly handshakeBytes: number;
  /** Operations that run on one socket at once; one more gets an `error`. */
  readonly socketOperations: number;
  /** Bytes that a connection may hold unsent before it counts as slow. */
  readonly unsentBytes: number;
  /**
   * Bytes that a connection may hold unsent before its subscriptions read the log at the client's own pace. A socket that holds
   * more is not read from, and counts as slow while it reads nothing.
   */
  readonly lagBytes: number;
  /** Milliseconds that a connection may be slow: then a socket is closed with 1013, and an event stream is cut. */
  readonly slowMs: number;
  /** Milliseconds in which the headers of a request have to arrive, and all of it with its body; then it is answered with 408. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Milliseconds in which an HTTP client has to take an answer of more than `unsentBytes`; then its connection is cut. */
  readonly answerMs: number;
  /** Bytes of answers over HTTP to one caller that may be unsent at once; beyond them the caller's operations are refused. */
  readonly answersBytes: number;
  /** Milliseconds until connection_init has to arrive; then the socket is closed with 4408. */
  readonly initWaitMs: number;
  /** Milliseconds between two pings of a socket, or two comments of an event stream. */
  readonly keepAliveMs: number;
  /** Milliseconds between two looks for users whose access has changed, whose open connections are then checked. */
  readonly accessCheckMs: number;
  /** Milliseconds between two checks of the tokens of all open connections. */
  readonly sessionCheckMs: number;
  /** Milliseconds that running requests may take to finish while the server closes. */
  readonly drainMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 1_048_576,
  handshakeBytes: 16_384,
  socketOperations: 100,
  unsentBytes: 1_048_576,
  lagBytes: 65_536,
  slowMs: 5_000,
  answerMs: 60_000,
  answersBytes: 33_554_432,
  headersMs: 10_000,
  requestMs: 60_000,
  initWaitMs: 10_000,
  keepAliveMs: 12_000,
  accessCheckMs: 500,
  sessionCheckMs: 10_000,
  drainMs: 10_000,
};

/** Levels of lists and objects inside each other in a request; `variables` are the second. A message of a socket has one more around it. */
export const REQUEST_DEPTH = 64;

/** Bytes of a `subscribe` message that are not its payload: the type, the id and the JSON syntax. */
export const ENVELOPE_BYTES = 2_048;

/** UTF-16 units of an operation's id, which every message about the operation repeats; a longer one closes with 4400. */
export const OPERATION_ID_LENGTH = 256;

/** Bytes of a `ping` message whose payload comes back in the `pong`; the answer to a longer one has no payload. */
export const ECHOED_PING_BYTES = 1_024;

/** Bytes of the longest message that is read at all: an operation that is too large gets an `error` up to here, then 1009. */
export function longestMessage({ bodyBytes }: Pick<ServerLimits, 'bodyBytes'>): number {
  return 2 * (bodyBytes + ENVELOPE_BYTES);
}

/**
 * Why the server closes a WebSocket: RFC 6455 §7.4.1 and its registry (10…), the graphql-transport-ws protocol (44…). A client
 * connects again after 1012, 1013, 4403 and 4408, and gives up after the others.
 */
export const CLOSE = {
  /** A message over `longestMessage`, or more than `handshakeBytes` before the connection_ack. */
  TOO_BIG: 1009,
  /** The server restarts: connect again. */
  RESTART: 1012,
  /**
   * The client reads too slowly, its user has too many connections, or tokens cannot be checked at the moment: connect again, and resume
   * after the last event.
   */
  TRY_AGAIN: 1013,
  /** Not a message of the protocol, or one that clients may not send. */
  BAD_REQUEST: 4400,
  /** The token of connection_init is not valid, or an operation came before the connection_ack. */
  UNAUTHORIZED: 4401,
  /** The token has expired or the session was ended: connect again with a fresh token. */
  FORBIDDEN: 4403,
  /** The client speaks another subprotocol than graphql-transport-ws. */
  WRONG_PROTOCOL: 4406,
  /** connection_init did not arrive in time. */
  NO_INIT: 4408,
  /** The id of a new operation belongs to one that is still running. */
  ID_IN_USE: 4409,
  /** A second connection_init. */
  SECOND_INIT: 4429,
  /** An internal error that belongs to no operation. */
  INTERNAL: 4500,
} as const;

export type Close = (typeof CLOSE)[keyof typeof CLOSE];
