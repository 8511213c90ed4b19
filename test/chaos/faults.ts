import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../src/providers/local/cards/random.ts';
import { until } from '../helpers/until.ts';
import type { Installation } from './installation.ts';

/** A worker starts in a second, and in much longer where other processes compete for the same processors. */
const RESTART_SECONDS = 180;

/** The parameters of a fault. */
interface FaultContext {
  readonly random: Random;
  readonly leaseSeconds: number;
  /** Cuts the fault short; its effects are then not repaired. */
  readonly signal: AbortSignal;
}

/** Causes a fault and repairs it; false where this machine does not allow it. */
export type Fault = (installation: Installation, chance: FaultContext) => Promise<false | undefined>;

/** All faults. */
export const FAULTS = {
  'worker SIGKILL': async (installation, chance) => {
    installation.workers.signal(await randomWorker(installation, chance), 'SIGKILL');
  },

  'worker SIGSTOP': async (installation, chance) => {
    const pid = await randomReadyWorker(installation, chance);
    installation.workers.signal(pid, 'SIGSTOP');
    await sleep(chance.leaseSeconds * 2_000, undefined, chance);
    installation.workers.signal(pid, 'SIGCONT');
  },

  'worker SIGTERM': async (installation, chance) => {
    await installation.workers.deploy(await randomReadyWorker(installation, chance));
  },

  'API SIGKILL': async ({ api }) => {
    await api.kill();
    await api.start();
  },

  'Redis SIGKILL': async ({ redis }, chance) => {
    await redis.stop();
    await sleep(chance.random.between(200, 2_000), undefined, chance);
    await redis.start();
  },

  'Redis FLUSHALL': async ({ redis }) => {
    await redis.command('FLUSHALL');
  },

  'PostgreSQL immediate restart': async ({ postgres }, chance) => {
    await postgres.crash();
    await sleep(chance.random.between(200, 1_000), undefined, chance);
    await postgres.resume();
  },

  'disk full': async ({ disk }, chance) => {
    if (!(await disk.fill())) return false;
    await sleep(chance.random.between(1_000, 3_000), undefined, chance);
    await disk.empty();
    return undefined;
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** The number of times of each fault. */
export type Plan = Readonly<Partial<Record<FaultName, number>>>;

/** The number of times that each fault of a plan happened; false for one that this machine does not allow. */
export type InjectedFaults = Readonly<Record<string, number | false>>;

export interface FaultOptions {
  readonly faults: Plan;
  readonly seed: string;
  readonly leaseSeconds: number;
  readonly print: (sentence: string) => void;
}

/** One fault after the other, in the order and at the times that the seed determines. */
export async function injectFaults(
  installation: Installation,
  { faults, seed, leaseSeconds, print }: FaultOptions,
  signal: AbortSignal,
): Promise<InjectedFaults> {
  const random = new Random(`${seed} faults`);
  const injected: Record<string, number | false> = {};
  const plan = Object.entries(faults).flatMap(([name, count]) => Array.from({ length: count }, () => name));
  for (const name of random.shuffled(plan)) {
    await sleep(random.between(500, 3_000), undefined, { signal });
    print(name);
    const done = await faultNamed(name)(installation, { random, leaseSeconds, signal });
    injected[name] = done === false ? false : Number(injected[name] ?? 0) + 1;
  }
  return injected;
}

function faultNamed(name: string): Fault {
  const found = Object.entries(FAULTS).find(([known]) => known === name);
  if (!found) throw new Error(`There is no fault named ${name}.`);
  return found[1];
}

/** The process id of a worker; waits for one while all are restarting. */
async function randomWorker({ workers }: Installation, { random, signal }: FaultContext): Promise<number> {
  await until(
    'a worker runs',
    () => {
      signal.throwIfAborted();
      return workers.pids.length > 0;
    },
    RESTART_SECONDS,
  );
  const [first = -1, ...rest] = workers.pids;
  return random.pick([first, ...rest]);
}

/** The same for a worker that has started: one that is stopped earlier has no signal handlers yet, and just ends. */
async function randomReadyWorker({ workers, db }: Installation, { random, signal }: FaultContext): Promise<number> {
  let ready: number[] = [];
  await until(
    'a worker has sent a heartbeat',
    async () => {
      signal.throwIfAborted();
      // Its connections may have been lost with a server that was killed a moment ago.
      const registered = await db.statement((sql) => sql.selectFrom('workers').select('pid').execute(), signal);
      ready = workers.pids.filter((pid) => registered.some((one) => one.pid === pid));
      return ready.length > 0;
    },
    RESTART_SECONDS,
  );
  const [first = -1, ...rest] = ready;
  return random.pick([first, ...rest]);
}
