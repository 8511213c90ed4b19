/**
 * The one way to write to a WebSocket. The server of graphql-ws writes each message as a text that is encoded for its socket; this
 * port also takes bytes that were encoded once for many sockets, because encoding a text again for each socket was a tenth of
 * what an event cost it. Both methods put the same bytes on the wire: one unfragmented text message of graphql-transport-ws.
 * `SocketConnection` implements both with the `send` of ws and writes no frames itself; `graphql_subscription_results_total` counts
 * which results were shared. It writes messages in the order of the calls and drops them when the socket is not open.
 */
export interface MessageWriter {
  /**
   * For results that several clients share: writes `head`, `answer` and a closing brace as one message, and does not wait. `head`
   * is the start of a `next` message up to its payload, `answer` the payload as JSON in UTF-8; neither is changed or kept.
   * Returns false where the client has more than `lagBytes` unread: the subscription then continues at the client's own pace.
   */
  push(head: Buffer, answer: Buffer): boolean;
  /** For all other messages. Resolves when the operating system has the message or the connection is gone; never rejects. */
  send(message: string): Promise<void>;
}
