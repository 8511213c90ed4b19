import { type App, startApp } from '../../src/app.ts';
import type { GivenParts } from '../../src/composition/base.ts';
import { loadConfig } from '../../src/config.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import type { Role } from '../../src/entities/enums.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { cheapHasher, PASSWORD } from './accounts.ts';
import { Client } from './client.ts';
import { createTestInstallation, type Settings, type TestInstallation } from './installation.ts';

export interface TestAppOptions {
  /** Both are on by default. */
  readonly api?: boolean;
  readonly worker?: boolean;
  readonly settings?: Settings;
  /** Where it runs; by default a new installation, which is removed with it. */
  readonly installation?: TestInstallation;
  /** They replace the built-in ones. */
  readonly contentProviders?: Providers;
  /** How long requests wait for contents that they order; 60 s by default. */
  readonly generationWaitMs?: number;
  /** Between two checks of the health; 30 s by default. */
  readonly healthEveryMs?: number;
  /** How often it looks for alerts, and when they end. */
  readonly alertTimes?: NonNullable<GivenParts['alertTimes']>;
}

/** The whole application in this process, without output, on a free port. Tests of a file share one with `useApp`. */
export class TestApp {
  /** Every line of its log, from debug on. */
  readonly log: readonly Record<string, unknown>[];
  readonly #running: () => RunningApp;

  /** `running` throws before the start. */
  constructor(log: readonly Record<string, unknown>[], running: () => RunningApp) {
    this.log = log;
    this.#running = running;
  }

  /** The caller closes it. */
  static async start(options: TestAppOptions = {}): Promise<TestApp> {
    const log: Record<string, unknown>[] = [];
    const running = await startWithLog(options, log);
    return new TestApp(log, () => running);
  }

  get app(): App {
    return this.#running().app;
  }

  get installation(): TestInstallation {
    return this.#running().installation;
  }

  get url(): string {
    return this.#running().url;
  }

  /** A new account with this role, signed in. */
  async signedIn(username: string, role: Role = 'CREATOR'): Promise<Client> {
    const { app, url } = this.#running();
    const email = `${username}@example.org`;
    await app.accounts.createUser({ username, email, password: PASSWORD, role });
    return await Client.signIn(url, username, PASSWORD);
  }

  async close(): Promise<void> {
    const { app, installation, ownsInstallation } = this.#running();
    await app.close();
    if (ownsInstallation) await installation.remove();
  }
}

/** What a started application consists of. */
export interface RunningApp {
  readonly app: App;
  readonly installation: TestInstallation;
  readonly url: string;
  readonly ownsInstallation: boolean;
}

/** Adds the lines of its log to `log`. */
export async function startWithLog(
  {
    api = true,
    worker = true,
    settings,
    installation: given,
    contentProviders,
    generationWaitMs,
    healthEveryMs,
    alertTimes,
  }: TestAppOptions,
  log: Record<string, unknown>[],
): Promise<RunningApp> {
  const installation = given ?? (await createTestInstallation(settings));
  const port = await freePort();
  const config = loadConfig({ ...installation.settings, ...settings, PORT: String(port) });
  const logger = createLogger({ level: 'debug', destination: { write: (line) => log.push(JSON.parse(line)) } });
  const parts = {
    api,
    worker,
    passwords: cheapHasher(),
    ...(contentProviders ? { contentProviders } : {}),
    ...(generationWaitMs === undefined ? {} : { generationWaitMs }),
    ...(healthEveryMs === undefined ? {} : { healthEveryMs }),
    ...(alertTimes ? { alertTimes } : {}),
  };
  const app = await startApp(config, logger, parts);
  return { app, installation, url: `http://127.0.0.1:${port}`, ownsInstallation: given === undefined };
}
