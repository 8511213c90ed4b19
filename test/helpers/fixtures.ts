import { beforeAll } from 'vitest';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { type RunningApp, startWithLog, TestApp, type TestAppOptions } from './app.ts';
import { createTestInstallation, type Settings, type TestInstallation } from './installation.ts';
import { ensureBuilt, ensureTestProgram, SpawnedApp } from './processes.ts';
import { until } from './until.ts';

/**
 * What tests share, opened before the tests of a file or of a `describe` and closed after them. Each is called where hooks may be;
 * what it returns can be used in tests and in later hooks. Every `afterAll` of the file runs before the fixtures are closed, the
 * last one first; what has to be closed after a fixture is returned by a `beforeAll` above it.
 *
 * `useApp`: the whole application in this process, on the PostgreSQL and the Redis of the test run.
 * `useProcesses`: the same as separate processes, which can be killed.
 * `useInstallation`: what such processes share, without any of them.
 * `useEventBus`: how another process announces events to an app.
 */

/** Milliseconds; a build of dist/ and the start of several processes take long on a busy machine. */
const HOOK_MS = 180_000;

/** Options that are not known before earlier hooks have run. */
type Later<T> = T | (() => T);

/** The whole application in this process: an API and a worker, where `options` do not leave one out. */
export function useApp(options: Later<TestAppOptions> = {}): TestApp {
  const log: Record<string, unknown>[] = [];
  const { get, set } = laterSet<RunningApp>('app');
  const app = new TestApp(log, get);
  beforeAll(async () => {
    set(await startWithLog(resolved(options), log));
    return () => app.close();
  }, HOOK_MS);
  return app;
}

/** A database, a prefix in Redis and a data folder, all empty at first. */
export function useInstallation(settings: Later<Settings> = {}): TestInstallation {
  const { get, set } = laterSet<TestInstallation>('installation');
  beforeAll(async () => {
    const installation = await createTestInstallation(resolved(settings));
    set(installation);
    return () => installation.remove();
  }, HOOK_MS);
  return {
    get settings() {
      return get().settings;
    },
    get dataDir() {
      return get().dataDir;
    },
    get db() {
      return get().db;
    },
    remove: () => get().remove(),
  };
}

export interface Processes {
  readonly installation: TestInstallation;
  /** Resolves when it is ready. What still runs after the tests is killed. */
  start(...args: StartArguments): Promise<SpawnedApp>;
}

type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;
type StartArguments = Tail<Parameters<typeof SpawnedApp.start>>;

/**
 * An installation for separate `autovideo` processes, of a dist/ that is up to date; or for processes whose content costs
 * almost nothing (test/programs/fake-app.ts), in tests in which it does not matter what a film shows.
 */
export function useProcesses(
  settings: Later<Settings> = {},
  { fakeContent = false }: { readonly fakeContent?: boolean } = {},
): Processes {
  const installation = useInstallation(settings);
  const started: SpawnedApp[] = [];
  let program: string | undefined;
  beforeAll(async () => {
    if (fakeContent) program = await ensureTestProgram('fake-app');
    else await ensureBuilt();
    return async () => {
      await Promise.all(started.map((app) => app.kill('SIGKILL')));
    };
  }, HOOK_MS);
  return {
    installation,
    start: async (command, options) => {
      const app = await SpawnedApp.start(installation, command, { ...(program ? { program } : {}), ...options });
      started.push(app);
      return app;
    },
  };
}

/** The event bus of another process of the app's installation, connected. */
export function useEventBus(app: TestApp): Pick<EventBus, 'publish'> {
  const { get, set } = laterSet<EventBus>('event bus');
  beforeAll(async () => {
    const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = app.installation.settings;
    const pubSub = new RedisPubSub({ redisUrl, prefix });
    const bus = new EventBus(pubSub);
    pubSub.open();
    set(bus);
    await until('the event bus is connected', () => pubSub.connected);
    return () => {
      bus.close();
      pubSub.close();
    };
  });
  return { publish: (change) => get().publish(change) };
}

function resolved<T extends object>(given: Later<T>): T {
  return typeof given === 'function' ? given() : given;
}

/** A value that exists only while the tests run. */
function laterSet<T>(name: string) {
  let value: T | undefined;
  return {
    get: (): T => {
      if (value === undefined) throw new Error(`The ${name} is not there yet: use it in tests and in later hooks.`);
      return value;
    },
    set: (given: T) => {
      value = given;
    },
  };
}
