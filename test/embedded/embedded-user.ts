// A process that uses the embedded servers, for tests that kill it: DATA_DIR REACHABLE_ROOT. It prints the addresses as
// one line of JSON, closes them and exits on "close", and exits without closing on "exit".
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.ts';
import { startEmbeddedRedis } from '../../src/embedded/redis/embedded-redis.ts';

const [dataDir = '', reachableRoot = ''] = process.argv.slice(2);
const [postgres, redis] = await Promise.all([
  startEmbeddedPostgres({ dataDir, reachableRoot }),
  startEmbeddedRedis({ dataDir }),
]);
process.stdout.write(`${JSON.stringify({ postgres: postgres.url, redis: redis.url })}\n`);
process.stdin.once('end', close).once('data', (word) => (String(word).trim() === 'exit' ? process.exit(0) : close()));

async function close(): Promise<void> {
  process.stdin.destroy();
  await Promise.all([postgres.close(), redis.close()]);
}
