import type { FastifyReply } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { Sink } from './follower.ts';
import type { ServerLimits } from './ports.ts';
import { SlowReader } from './slow-reader.ts';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Asks nginx and those who follow it to pass events on at once.
  'x-accel-buffering': 'no',
} as const;

/**
 * One answer of server-sent events in the distinct connections mode of the GraphQL over SSE protocol: `next` with a result,
 * any number of times, then `complete`. Ending without `complete` asks the client to come back.
 */
export class EventStream implements Sink {
  readonly #reply: FastifyReply;
  readonly #slow: SlowReader;
  readonly #lagBytes: number;
  #onEnd: () => void = () => {};

  /** Takes the reply over from Fastify and sends the headers at once. */
  constructor(reply: FastifyReply, limits: ServerLimits) {
    this.#reply = reply.hijack();
    this.#slow = new SlowReader(limits);
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

  /** Called at the end of the stream, whoever ends it; at once where it has ended already. */
  onEnd(listener: () => void): void {
    this.#onEnd = listener;
    if (!this.isOpen) listener();
  }

  async next(result: FormattedExecutionResult): Promise<void> {
    await this.send(JSON.stringify(result));
  }

  push(answer: Buffer): boolean {
    if (this.isOpen) this.#reply.raw.write(Buffer.concat([NEXT, answer, END]));
    return this.#reply.raw.writableLength <= this.#lagBytes;
  }

  async send(answer: string): Promise<void> {
    await this.#write(nextOf(answer));
  }

  complete(): void {
    if (this.isOpen) this.#reply.raw.end('event: complete\ndata:\n\n');
  }

  /** The last word on why the stream ends. */
  finish(result: FormattedExecutionResult): void {
    if (!this.isOpen) return;
    this.#reply.raw.write(nextOf(JSON.stringify(result)));
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

  dropIfSlow(): void {
    if (this.#slow.isTooSlow(this.#reply.raw.writableLength)) this.#reply.raw.destroy();
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

const NEXT = Buffer.from('event: next\ndata: ');
const END = Buffer.from('\n\n');

function nextOf(answer: string): string {
  return `${NEXT}${answer}${END}`;
}
