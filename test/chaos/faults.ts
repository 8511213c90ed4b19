import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import type { Random } from '../../src/providers/local/cards/random.ts';
import { until } from '../helpers/until.ts';
import type { Site } from './site.ts';

/** Makes something go wrong and mends it; false where this machine does not allow it. */
export type Fault = (site: Site, random: Random, leaseSeconds: number) => Promise<false | undefined>;

/** What can go wrong. */
export const FAULTS = {
  'worker SIGKILL': async (site, random) => {
    site.signal(await someWorker(site, random), 'SIGKILL');
  },

  'worker SIGSTOP': async (site, random, leaseSeconds) => {
    const pid = await someWorker(site, random);
    site.signal(pid, 'SIGSTOP');
    await sleep(leaseSeconds * 2_000);
    site.signal(pid, 'SIGCONT');
  },

  'worker SIGTERM': async (site, random) => {
    await site.deploy(await someWorker(site, random));
  },

  'API SIGKILL': async (site) => {
    await site.killApi();
    await site.startApi();
  },

  'Redis SIGKILL': async (site, random) => {
    await site.redis.stop();
    await sleep(random.between(200, 2_000));
    await site.redis.start();
  },

  'Redis FLUSHALL': async (site) => {
    const client = createClient({ url: site.redis.url });
    await client.connect();
    await client.flushAll();
    client.destroy();
  },

  'PostgreSQL immediate restart': async (site, random) => {
    await site.postgres.crash();
    await sleep(random.between(200, 1_000));
    await site.postgres.resume();
  },

  'disk full': async (site, random) => {
    if (!(await site.fillWork())) return false;
    await sleep(random.between(1_000, 3_000));
    await site.emptyWork();
    return undefined;
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** The process id of a worker; waits for one while all are being started again. */
async function someWorker(site: Site, random: Random): Promise<number> {
  await until('a worker runs', () => site.workers.length > 0);
  const [first = -1, ...rest] = site.workers;
  return random.pick([first, ...rest]);
}
