import type { FastifyReply } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { ServerLimits } from '../limits.ts';
import { SlowReaderDetector } from '../subscriptions/slow-reader.ts';
import type { Sink } from '../subscriptions/subscription-run.ts';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx, and proxies that follow it, then pass events on without buffering.
  'x-accel-buffering': 'no',
} as const;

/** A client that reads nothing of the unsent bytes for so many heartbeats is taken for dead. */
const MAX_UNREAD_HEARTBEATS = 2;

/**
 * One answer of server-sent events in the distinct connections mode of the GraphQL over SSE protocol: `next` with a result,
 * any number of times, then `complete`. A result of an event that has an id carries it as the `id` of the server-sent event,
 * so that EventSource and the like send it as Last-Event-ID when they connect again. Ending without `complete` asks the client
 * to come back.
 */
export class EventStream implements Sink {
  readonly sendsIds = true;
  readonly #reply: FastifyReply;
  readonly #slow: SlowReaderDetector;
  readonly #stalled: SlowReaderDetector;
  readonly #lagBytes: number;
  /** Unsent bytes at the previous check. */
  #unsentBefore = 0;
  #onEnd: () => void = () => {};

  /** Takes the reply over from Fastify and sends the headers at once. */
  constructor(reply: FastifyReply, limits: ServerLimits) {
    this.#reply = reply.hijack();
    this.#slow = new SlowReaderDetector(limits);
    this.#stalled = new SlowReaderDetector({ unsentBytes: 0, slowMs: MAX_UNREAD_HEARTBEATS * limits.keepAliveMs });
    this.#lagBytes = limits.lagBytes;
    reply.raw.once('close', () => this.#onEnd());
    for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...HEADERS }))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200);
    // Some browsers do not open a stream before its first byte.
    reply.raw.write(':\n\n');
  }

  get isOpen(): boolean {
    return !this.#reply.raw.writableEnded && !this.#reply.raw.destroyed;
  }

  /** Called when either side ends the stream; at once where it has ended already. */
  onEnd(listener: () => void): void {
    this.#onEnd = listener;
    if (!this.isOpen) listener();
  }

  async next(result: FormattedExecutionResult): Promise<void> {
    await this.send(JSON.stringify(result));
  }

  push(answer: Buffer, eventId?: string): boolean {
    if (this.isOpen) this.#reply.raw.write(Buffer.concat([Buffer.from(headOf(eventId)), answer, END]));
    return this.#reply.raw.writableLength <= this.#lagBytes;
  }

  async send(answer: string, eventId?: string): Promise<void> {
    await this.#write(`${headOf(eventId)}${answer}${END}`);
  }

  complete(): void {
    if (this.isOpen) this.#reply.raw.end('event: complete\ndata:\n\n');
  }

  /** Sends a last result, which says why the stream ends, and `complete`. */
  finish(result: FormattedExecutionResult): void {
    if (!this.isOpen) return;
    this.#reply.raw.write(`${headOf()}${JSON.stringify(result)}${END}`);
    this.complete();
    this.#onEnd();
  }

  interrupt(): void {
    if (this.isOpen) this.#reply.raw.end();
    this.#onEnd();
  }

  heartbeat(): void {
    if (this.isOpen && !this.#reply.raw.writableNeedDrain) this.#reply.raw.write(':\n\n');
  }

  /** Cuts the connection of a client that reads too slowly or not at all, also after the stream has ended. */
  dropIfSlow(): void {
    const unsent = this.#reply.raw.writableLength;
    const isReading = unsent < this.#unsentBefore;
    this.#unsentBefore = unsent;
    if (this.#slow.isTooSlow(unsent) || this.#stalled.isTooSlow(isReading ? 0 : unsent)) this.#reply.raw.destroy();
  }

  async #write(text: string): Promise<void> {
    const { raw } = this.#reply;
    if (!this.isOpen || raw.write(text)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        raw.off('drain', done).off('close', done);
        resolve();
      };
      raw.on('drain', done).on('close', done);
    });
  }
}

const END = Buffer.from('\n\n');

function headOf(eventId?: string): string {
  return eventId === undefined ? 'event: next\ndata: ' : `event: next\nid: ${eventId}\ndata: `;
}
