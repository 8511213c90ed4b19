import { z } from 'zod';
import { withTimeout } from '../../../concurrency/timeout.ts';
import { AppError } from '../../../errors.ts';
import { newRedisClient } from '../../../events/redis/redis-connection.ts';
import { type Check, failed, type Outcome, ok, warning } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { restartOf } from './restart.ts';

const CONNECT_MS = 3_000;
/** The first answer waits for other checks of this process. */
const PINGS = 3;
/** Also where other checks keep this process busy. */
const SLOW_MS = 250;
const MEMORY_WARNING = 0.8;
const PAGE = 'docs/operations/alerts.md#redis-lost';

/** Redis: reachable, version, memory, and whether it takes writes. */
export function redisCheck({ redisUrl, config, wrong, answerMs }: Installation): Check {
  return {
    name: 'Redis',
    run: async () => {
      if (redisUrl === null)
        return wrong.has('REDIS_URL')
          ? failed('REDIS_URL is wrong.', '.env.example')
          : failed(`No Redis runs for ${config.dataDir}, and REDIS_URL is not set.`, restartOf(config, 'redis'));
      try {
        const { latency, info } = await askedRedis(redisUrl, answerMs);
        return judged(latency, info);
      } catch (thrown) {
        return failed(causeOf(thrown), config.redisUrl === undefined ? restartOf(config, 'redis') : PAGE);
      }
    },
  };
}

/** The version and memory of a Redis as it says them. */
export async function askedRedis(
  url: string,
  milliseconds: number,
): Promise<{ readonly latency: number; readonly info: ReadonlyMap<string, string> }> {
  const client = newRedisClient({ url, socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false } });
  // The call that fails reports it.
  client.on('error', () => undefined);
  try {
    return await withTimeout(
      { milliseconds, code: 'REDIS_CONNECTION_FAILED', message: `Redis does not answer in ${milliseconds / 1_000} s.` },
      client.connect().then(async () => {
        let latency = Number.POSITIVE_INFINITY;
        for (let ping = 0; ping < PINGS; ping++) {
          const begun = performance.now();
          await client.ping();
          latency = Math.min(latency, performance.now() - begun);
        }
        const lines = String(await client.info()).split('\r\n');
        const facts = lines.flatMap((line): [string, string][] => {
          const at = line.indexOf(':');
          return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
        });
        return { latency, info: new Map(facts) };
      }),
    );
  } finally {
    if (client.isOpen) client.destroy();
  }
}

function judged(latency: number, info: ReadonlyMap<string, string>): Outcome {
  const number = (name: string) => Number(info.get(name) ?? 0);
  const [used, most] = [number('used_memory'), number('maxmemory')];
  const found = `Redis ${info.get('redis_version') ?? '?'} answers in ${latency.toFixed(1)} ms, and uses ${(used / 1e6).toFixed(0)} MB.`;
  if (info.get('role') === 'slave')
    return failed('It is a replica, and takes no writes.', 'set REDIS_URL to the primary');
  if (info.get('aof_last_write_status') === 'err' || info.get('rdb_last_bgsave_status') === 'err')
    return warning(`${found} It cannot save its data to disk.`, 'free space on the disk of Redis, and see its log');
  if (most > 0 && used > MEMORY_WARNING * most)
    return warning(`${found} That is over 80 % of maxmemory.`, 'raise maxmemory of Redis');
  if (!(info.get('maxmemory_policy') ?? 'noeviction').includes('noeviction') && most > 0)
    return warning(
      `${found} It may drop jobs: maxmemory-policy is not noeviction.`,
      'set maxmemory-policy to noeviction',
    );
  return latency > SLOW_MS ? warning(`${found} That is slow.`, 'docs/operations/network.md') : ok(found);
}

const withCode = z.object({ code: z.string() });

function causeOf(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.message;
  const message = thrown instanceof Error ? thrown.message : '';
  if (/^(?:WRONGPASS|NOAUTH|NOPERM)/.test(message) || message.includes('invalid password'))
    return 'Redis refuses the password in REDIS_URL.';
  if (message.startsWith('LOADING')) return 'Redis is loading its data.';
  const code = withCode.safeParse(thrown).data?.code;
  if (code === 'ECONNREFUSED') return 'Refused: no Redis runs there.';
  if (code === 'ENOTFOUND') return 'DNS does not know the host in REDIS_URL.';
  return `Redis cannot be reached${code === undefined ? '' : ` (${code})`}.`;
}
