import type { RedisPubSub } from './redis-pub-sub.ts';

const CHANNEL = 'alerts';
/** Says who reports the current loss of the database to a level of recipients, or that a loss has just ended. */
const LOSS_KEY = 'alerts:database-lost';
/** A process that was killed while it sent keeps the others from it no longer. */
const SENDING_SECONDS = 60;
/** After this time without a process that misses the database, the next loss is reported again. */
const LOSS_SECONDS = 600;
/** ARGV the id, seconds of a claim, seconds of a report. */
const CLAIM = `
  local held = redis.call('GET', KEYS[1])
  local own = 'sending ' .. ARGV[1]
  if held and held ~= own then
    if string.sub(held, 1, 5) == 'sent ' then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
    return held
  end
  redis.call('SET', KEYS[1], own, 'EX', ARGV[2])
  return 'claimed'`;
/** ARGV the id, seconds of a report. */
const SENT = `return redis.call('SET', KEYS[1], 'sent ' .. ARGV[1], 'EX', ARGV[2])`;
/** ARGV the id. */
const RELEASE = `
  if redis.call('GET', KEYS[1]) == 'sending ' .. ARGV[1] then redis.call('DEL', KEYS[1]) end
  return 'released'`;
const END = `
  local held = redis.call('GET', KEYS[1])
  if held and string.sub(held, 1, 5) == 'sent ' then redis.call('SET', KEYS[1], 'quiet', 'KEEPTTL')
  elseif held ~= 'quiet' then redis.call('DEL', KEYS[1]) end
  return 'ended'`;
const END_OF_LEVEL = `
  redis.call('DEL', KEYS[1])
  return 'ended'`;

/** Whether this process is to report the loss; null where Redis does not answer. */
export type LossClaim =
  | { readonly state: 'claimed' }
  /** Another process is about to. */
  | { readonly state: 'sending' }
  /** It was reported as this alert. */
  | { readonly state: 'sent'; readonly id: string }
  /** An earlier loss was reported minutes ago. */
  | { readonly state: 'quiet' }
  | null;

/** Notifies every API process that alerts were raised, acknowledged or resolved, and lets one process report a loss of the database. */
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

  /** Asks to report the loss, as the alert with this id, to a level of recipients; 0 is the first. */
  async claimLoss(id: string, level: number): Promise<LossClaim> {
    const seconds = [String(SENDING_SECONDS), String(LOSS_SECONDS)];
    const held = await this.#pubSub.evaluate(CLAIM, keyOf(level), [id, ...seconds]);
    if (typeof held !== 'string') return null;
    if (held.startsWith('sent ')) return { state: 'sent', id: held.slice('sent '.length) };
    return { state: held === 'claimed' || held === 'quiet' ? held : 'sending' };
  }

  /** What was claimed is reported, or is left to the next process. */
  async settleLoss(id: string, level: number, isSent: boolean): Promise<void> {
    if (isSent) await this.#pubSub.evaluate(SENT, keyOf(level), [id, String(LOSS_SECONDS)]);
    else await this.#pubSub.evaluate(RELEASE, keyOf(level), [id]);
  }

  /** False where Redis does not answer. */
  async endLoss(levels: number): Promise<boolean> {
    const ends = Array.from({ length: levels }, async (_, level) => {
      return await this.#pubSub.evaluate(level === 0 ? END : END_OF_LEVEL, keyOf(level), []);
    });
    return (await Promise.all(ends)).every((answer) => answer === 'ended');
  }
}

function keyOf(level: number): string {
  return level === 0 ? LOSS_KEY : `${LOSS_KEY}:${level}`;
}
