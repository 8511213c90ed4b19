import { join } from 'node:path';
import type { Settings } from '../helpers/installation.ts';

/** Of all users. */
export const PASSWORD = 'a loud red harbour';

/** What the programs of an installation share. */
interface SharedPlaces {
  readonly dataDir: string;
  readonly postgres: { readonly url: string };
  readonly redis: { readonly url: string };
  readonly source: { readonly settings: Settings };
}

/** The environment of the programs of an installation, whose API listens on the port. */
export function settingsOf(
  { dataDir, postgres, redis, source }: SharedPlaces,
  port: number,
  leaseSeconds: number,
): Settings {
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    NODE_ENV: 'test',
    // As the app does by itself.
    NODE_COMPILE_CACHE: join(dataDir, 'compiled'),
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    DATABASE_POOL_MAX: '10',
    REDIS_URL: redis.url,
    LEASE_SECONDS: String(leaseSeconds),
    WORKER_CONCURRENCY: '2',
    JOB_RETRIES: '8',
    JOB_RETRY_SECONDS: '1',
    ADMIN_PASSWORD: PASSWORD,
    JWT_SECRET: 'a secret for tokens, of this run alone',
    LINK_SECRET: 'a secret for links, of this run alone',
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    CHAOS_PASSWORD: PASSWORD,
    ...source.settings,
  };
}
