import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'alerts';
/** Names the current loss of the database, or says that one has just ended. */
const LOSS_KEY = 'alerts:database-lost';
/** After this time without a process that misses the database, the next loss is reported again. */
const LOSS_SECONDS = 600;
/** Keeps the name that another process has given. ARGV the name, seconds. */
const CLAIM = `
  local held = redis.call('GET', KEYS[1]) or ARGV[1]
  if held ~= 'quiet' then redis.call('SET', KEYS[1], held, 'EX', ARGV[2]) end
  return held`;
const END = `
  if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('SET', KEYS[1], 'quiet', 'KEEPTTL') end
  return 'ended'`;

/** Notifies every API process that alerts were raised, acknowledged or resolved, and names a loss of the database. */
export class AlertChanges {
  readonly #pubSub: Pick<RedisPubSub, 'publish' | 'listen' | 'evaluate'>;

  constructor(pubSub: Pick<RedisPubSub, 'publish' | 'listen' | 'evaluate'>) {
    this.#pubSub = pubSub;
  }

  publish(): void {
    this.#pubSub.publish(CHANNEL, 'changed');
  }

  /** Also called where notices may have been missed. Returns the function that stops it. */
  onChange(listener: () => void): () => void {
    return this.#pubSub.listen(CHANNEL, () => listener());
  }

  /**
   * Names the current loss of the database: the given id, or that which another process has given before. 'quiet' within ten minutes after
   * an earlier loss; null where Redis does not answer.
   */
  async claimLoss(id: string): Promise<string | null> {
    const held = await this.#pubSub.evaluate(CLAIM, LOSS_KEY, [id, String(LOSS_SECONDS)]);
    return typeof held === 'string' ? held : null;
  }

  async endLoss(): Promise<void> {
    await this.#pubSub.evaluate(END, LOSS_KEY, []);
  }
}
