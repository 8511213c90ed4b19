import { z } from 'zod';
import type { RedisPubSub } from './redis-pub-sub.ts';

/**
 * The value is the time, in milliseconds of Redis' own clock, at which the level is zero again. KEYS the level; ARGV milliseconds
 * to add, the most that the level may be. A table of strings is returned, because Redis cuts numbers to integers.
 */
const RAISE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + time[2] / 1000
  local zeroAt = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + tonumber(ARGV[1])
  local level = zeroAt - now
  if level > tonumber(ARGV[2]) then return {'0', string.format('%.3f', level)} end
  redis.call('SET', KEYS[1], string.format('%.3f', zeroAt), 'PX', math.ceil(level))
  return {'1', string.format('%.3f', level)}`;

const raised = z.tuple([z.enum(['0', '1']), z.coerce.number()]);

/** Levels that fall as time passes, shared by all processes: one key in Redis each, which expires when its level is zero. */
export class CostLevels {
  readonly #redis: Pick<RedisPubSub, 'evaluate'>;

  constructor(redis: Pick<RedisPubSub, 'evaluate'>) {
    this.#redis = redis;
  }

  /** Null while Redis is unreachable; throws where it does not answer in a quarter of a second. */
  async raise(key: string, addMs: number, mostMs: number): Promise<{ isRaised: boolean; levelMs: number } | null> {
    const answer = await this.#redis.evaluate(RAISE, `cost:${key}`, [String(addMs), String(mostMs)]);
    if (answer === null) return null;
    const [isRaised, levelMs] = raised.parse(answer);
    return { isRaised: isRaised === '1', levelMs };
  }
}
