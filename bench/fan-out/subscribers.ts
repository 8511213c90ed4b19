import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { DOCUMENT, type ExpectedFields, numberIn } from './event.ts';
import { MinimalSocket } from './minimal-socket.ts';

/** A server under test. Events of each video are numbered from 1. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  /** True if a client gets the video's current state as soon as it subscribes. */
  readonly sendsCurrentState: boolean;
  /** Number of the last event of each video. */
  readonly numbers: Int32Array;
  videoIdOf(video: number): string;
  tokenOf(socket: number): string;
  /** Stores the event for each of the videos, if that takes time of its own. */
  prepare(videos: readonly number[], number: number): Promise<void>;
  /** Publishes the event; the measurement begins here. */
  publish(video: number, number: number): void;
  /** The fields that each client must receive, as far as they are known. */
  expected(video: number, number: number): ExpectedFields;
  /** Total number of subscriptions so far; used where there is no initial state. */
  subscribed(): Promise<number>;
}

/** The last message of a video's newest event; all others must be equal, except for the operation's id. */
interface Latest {
  number: number;
  message: Buffer;
  idAt: number;
  /** Announcement time of each event, by its number: one may still be in transit when the next is announced. */
  readonly sentAt: Map<number, number>;
}

const ID_BYTES = 36;
const OPENING_AT_ONCE = 100;
const DELIVERY_TIMEOUT_MS = 30_000;
const ADDRESSES = 8;

/**
 * Many sockets at one server, each with one subscription, assigned to the videos in rotation. Every message is checked:
 * each event once, in order, the same for all.
 */
export class SubscriberGroup {
  /** Milliseconds from the announcement of an event to each socket; readers empty it. */
  latencies: number[] = [];
  /** Bytes of the last message. */
  messageBytes = 0;
  readonly #target: Target;
  readonly #sockets: MinimalSocket[] = [];
  readonly #ids: Buffer;
  /** Number of the last event of each socket; -1 before the initial state. */
  readonly #received: Int32Array;
  readonly #latest: Latest[];
  readonly #acknowledged: (() => void)[] = [];
  #remaining = 0;
  #settled = withoutUnhandledRejection();
  #isClosing = false;
  #fault: unknown;

  private constructor(target: Target, sockets: number) {
    this.#target = target;
    this.#ids = Buffer.from(Array.from({ length: sockets }, () => randomUUID()).join(''));
    this.#received = new Int32Array(sockets);
    this.#latest = Array.from(target.numbers, (number) => ({
      number,
      message: Buffer.alloc(0),
      idAt: 0,
      sentAt: new Map(),
    }));
  }

  /** Resolves when all sockets are open and subscribed. */
  static async open(target: Target, sockets: number): Promise<SubscriberGroup> {
    const group = new SubscriberGroup(target, sockets);
    const before = target.sendsCurrentState ? 0 : await target.subscribed();
    const buffer = Buffer.allocUnsafeSlow(65_536);
    group.#expect(target.sendsCurrentState ? sockets : 0);
    let next = 0;
    const open = async () => {
      while (next < sockets) await group.#join(next++, buffer);
    };
    await Promise.all(Array.from({ length: OPENING_AT_ONCE }, open));
    await group.#wait();
    while (!target.sendsCurrentState && (await target.subscribed()) < before + sockets) await sleep(20);
    group.latencies = [];
    return group;
  }

  get size(): number {
    return this.#received.length;
  }

  /** Sends the next event of videos with equal numbers; the measurement begins with its announcement. */
  async publish(videos: readonly number[]): Promise<void> {
    const number = this.#number(videos[0] ?? 0) + 1;
    for (const video of videos) this.#target.numbers[video] = number;
    await this.#target.prepare(videos, number);
    for (const video of videos) {
      const latest = Object.assign(this.#latestOf(video), { number, message: Buffer.alloc(0) });
      latest.sentAt.set(number, performance.now());
      this.#target.publish(video, number);
    }
  }

  /** Sends one event to all sockets; resolves when each has received it. */
  async publishToAll(): Promise<void> {
    this.#expect(this.size);
    await this.publish([0]);
    await this.#wait();
  }

  /** Resolves when each socket has the last event of its video; throws if none arrives for long. */
  async complete(): Promise<void> {
    const end = performance.now() + DELIVERY_TIMEOUT_MS;
    while (this.missing() > 0) {
      if (this.#fault) throw this.#fault;
      if (performance.now() > end) throw new Error(`${this.missing()} sockets miss events.`);
      await sleep(20);
    }
    if (this.#fault) throw this.#fault;
  }

  missing(): number {
    return this.#received.reduce(
      (sum, received, socket) => sum + (received === this.#number(this.#videoOf(socket)) ? 0 : 1),
      0,
    );
  }

  close(): void {
    this.#isClosing = true;
    for (const socket of this.#sockets) socket.close();
  }

  async #join(socket: number, buffer: Buffer): Promise<void> {
    const { port, sendsCurrentState } = this.#target;
    const video = this.#videoOf(socket);
    this.#received[socket] = sendsCurrentState ? -1 : this.#number(video);
    const connection = await MinimalSocket.open({
      port,
      localAddress: `127.0.0.${1 + (socket % ADDRESSES)}`,
      buffer,
      onMessage: (data, start, end) => this.#take(socket, data, start, end),
      onClose: () => {
        if (!this.#isClosing) this.#fail(new Error(`${this.#target.name} closed a socket.`));
      },
    });
    this.#sockets.push(connection);
    const payload = { authorization: `Bearer ${this.#target.tokenOf(socket)}` };
    await new Promise<void>((resolve) => {
      this.#acknowledged[socket] = resolve;
      connection.send({ type: 'connection_init', payload });
    });
    const variables = { videoId: this.#target.videoIdOf(video) };
    connection.send({ id: this.#idOf(socket), type: 'subscribe', payload: { query: DOCUMENT, variables } });
  }

  #expect(messages: number): void {
    this.#remaining = messages;
    this.#settled = withoutUnhandledRejection();
    if (messages === 0) this.#settled.resolve();
  }

  async #wait(): Promise<void> {
    if (this.#fault) throw this.#fault;
    const watch = setTimeout(
      () => this.#fail(new Error(`${this.#remaining} messages did not arrive.`)),
      DELIVERY_TIMEOUT_MS,
    );
    try {
      await this.#settled.promise;
    } finally {
      clearTimeout(watch);
    }
  }

  #fail(error: unknown): void {
    this.#fault ??= error;
    this.#settled.reject(error);
  }

  #take(socket: number, data: Buffer, start: number, end: number): void {
    const now = performance.now();
    const latest = this.#latestOf(this.#videoOf(socket));
    const number = this.#isLatest(latest, socket, data, start, end)
      ? latest.number
      : this.#read(socket, Buffer.from(data.subarray(start, end)));
    if (number === undefined) return;
    const received = this.#received[socket] ?? 0;
    if (received !== -1 && received !== number - 1)
      this.#fail(new Error(`${this.#target.name} sent event ${number} after event ${received}.`));
    this.#received[socket] = number;
    this.latencies.push(now - (latest.sentAt.get(number) ?? now));
    if (--this.#remaining === 0) this.#settled.resolve();
  }

  #isLatest({ message, idAt }: Latest, socket: number, data: Buffer, start: number, end: number): boolean {
    if (message.length !== end - start) return false;
    const idEnd = idAt + ID_BYTES;
    return (
      this.#ids.compare(data, start + idAt, start + idEnd, socket * ID_BYTES, (socket + 1) * ID_BYTES) === 0 &&
      data.compare(message, 0, idAt, start, start + idAt) === 0 &&
      data.compare(message, idEnd, message.length, start + idEnd, end) === 0
    );
  }

  /** The number of the event in a message that is the first of its kind; undefined for other messages. */
  #read(socket: number, message: Buffer): number | undefined {
    const { id, type, payload } = JSON.parse(String(message));
    if (type === 'connection_ack') this.#acknowledged[socket]?.();
    if (type !== 'next' || id !== this.#idOf(socket) || payload.errors) {
      if (type === 'next' || type === 'error' || type === 'complete')
        this.#fail(new Error(`Unexpected: ${String(message)}`));
      return undefined;
    }
    const shown: ExpectedFields = payload.data.videoProgress;
    const number = numberIn(shown['message']);
    const video = this.#videoOf(socket);
    const expected = this.#target.expected(video, number);
    if (!isDeepStrictEqual({ ...shown, ...expected }, shown))
      this.#fail(new Error(`${this.#target.name} sent ${String(message)}\ninstead of ${JSON.stringify(expected)}`));
    if (number === this.#number(video)) Object.assign(this.#latestOf(video), { message, idAt: message.indexOf(id) });
    this.messageBytes = message.length;
    return number;
  }

  #idOf(socket: number): string {
    return this.#ids.toString('latin1', socket * ID_BYTES, (socket + 1) * ID_BYTES);
  }

  #videoOf(socket: number): number {
    return socket % this.#target.numbers.length;
  }

  #number(video: number): number {
    return this.#target.numbers[video] ?? 0;
  }

  #latestOf(video: number): Latest {
    const latest = this.#latest[video];
    if (!latest) throw new RangeError(`There is no video ${video}.`);
    return latest;
  }
}

/** If no caller awaits it, an error is found at the end. */
function withoutUnhandledRejection(): PromiseWithResolvers<void> {
  const settled = Promise.withResolvers<void>();
  settled.promise.catch(() => undefined);
  return settled;
}
