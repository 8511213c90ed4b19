import { ErrorReply } from '@redis/client';
import { type RedisClient, RedisLink } from '../events/redis-link.ts';
import { type Patience, within } from '../within.ts';

export interface TrustedRedisOptions {
  readonly redisUrl: string;
  /** Makes what is in Redis true again: done before anything of it is trusted. */
  readonly makeTrue: (client: RedisClient) => Promise<void>;
  /** Told once each time that Redis is given up for a while. */
  readonly onFault: (thrown: unknown) => void;
}

/** For an answer, which is quicker to be had from the database than this. */
const ANSWER = patience(250);
/** For making all true, which looks through all keys of Redis. */
const CLEARING = patience(10_000);
const AGAIN_MS = 1_000;

/**
 * A Redis whose content can be trusted only by who has missed nothing: it is made true when we have come to it, each time, and
 * when we may have failed to say what changed. Until it is, it is as if there were no Redis.
 */
export class TrustedRedis {
  readonly #options: TrustedRedisOptions;
  readonly #link: RedisLink;
  /** Counts what can end the trust, so that a clearing that was begun before it does not bring it back. */
  #doubts = 0;
  #isTrusted = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: TrustedRedisOptions) {
    this.#options = options;
    this.#link = new RedisLink({
      url: options.redisUrl,
      onReady: () => this.#beginAnew(),
      onLost: () => this.#mistrust(),
    });
  }

  get isTrusted(): boolean {
    return this.#isTrusted && this.#link.client !== null;
  }

  /** Begins connecting and does not wait. */
  open(): void {
    this.#link.open();
  }

  close(): void {
    this.#isClosed = true;
    this.#mistrust();
    this.#link.close();
  }

  /** `otherwise` where Redis is not trusted, refuses, or does not answer in time. */
  async ask<Answer>(otherwise: Answer, question: (client: RedisClient) => Promise<Answer>): Promise<Answer> {
    const { client } = this.#link;
    if (!client || !this.#isTrusted) return otherwise;
    try {
      return await within(ANSWER, question(client));
    } catch (thrown) {
      // Who is refused (it has no memory left, say) has lost nothing by it.
      if (!(thrown instanceof ErrorReply)) this.#mistrust(thrown);
      return otherwise;
    }
  }

  /** What others have to know. Never rejects: where it may not have come to them, all is made true before we trust again. */
  async tell(order: (client: RedisClient) => Promise<unknown>): Promise<void> {
    const { client } = this.#link;
    // When it is there, all is made true.
    if (!client) return;
    const told = within(ANSWER, order(client)).catch((thrown: unknown) => this.#mistrust(thrown));
    // One that is not trusted may be silent; nobody should wait for that each time.
    if (this.#isTrusted) await told;
  }

  #mistrust(thrown?: unknown): void {
    if (this.#isTrusted && thrown !== undefined) this.#options.onFault(thrown);
    this.#isTrusted = false;
    this.#doubts++;
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#beginAnew(), AGAIN_MS);
  }

  #beginAnew(): void {
    clearTimeout(this.#timer);
    const { client } = this.#link;
    // Not there: we are told when it is.
    if (!client) return;
    this.#isTrusted = false;
    const doubts = ++this.#doubts;
    within(CLEARING, this.#options.makeTrue(client)).then(
      () => {
        if (doubts === this.#doubts) this.#isTrusted = true;
      },
      (thrown: unknown) => {
        if (doubts === this.#doubts) this.#mistrust(thrown);
      },
    );
  }
}

function patience(milliseconds: number): Patience {
  return { milliseconds, code: 'REDIS_CONNECTION_FAILED', message: 'Redis does not answer in time.' };
}
