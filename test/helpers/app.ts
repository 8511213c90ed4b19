import { type App, startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import type { Role } from '../../src/entities/enums.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { PASSWORD } from './accounts.ts';
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
}

/** The whole application in this process, without output, on a free port. */
export class TestApp {
  readonly app: App;
  readonly installation: TestInstallation;
  readonly url: string;
  /** Every line of its log, from debug on. */
  readonly log: readonly Record<string, unknown>[];
  readonly #ownsInstallation: boolean;

  private constructor({ app, installation, url, log, ownsInstallation }: TestAppParts) {
    this.app = app;
    this.installation = installation;
    this.url = url;
    this.log = log;
    this.#ownsInstallation = ownsInstallation;
  }

  static async start({
    api = true,
    worker = true,
    settings,
    installation: given,
    contentProviders,
  }: TestAppOptions = {}): Promise<TestApp> {
    const installation = given ?? (await createTestInstallation(settings));
    const port = await freePort();
    const config = loadConfig({ ...installation.settings, ...settings, PORT: String(port) });
    const log: Record<string, unknown>[] = [];
    const logger = createLogger({ level: 'debug', destination: { write: (line) => log.push(JSON.parse(line)) } });
    const app = await startApp(config, logger, { api, worker, ...(contentProviders ? { contentProviders } : {}) });
    return new TestApp({
      app,
      installation,
      url: `http://127.0.0.1:${port}`,
      log,
      ownsInstallation: given === undefined,
    });
  }

  /** A new account with this role, signed in. */
  async signedIn(username: string, role: Role = 'CREATOR'): Promise<Client> {
    return await newClient(this.app, this.url, username, role);
  }

  async close(): Promise<void> {
    await this.app.close();
    if (this.#ownsInstallation) await this.installation.remove();
  }
}

interface TestAppParts {
  readonly app: App;
  readonly installation: TestInstallation;
  readonly url: string;
  readonly log: readonly Record<string, unknown>[];
  readonly ownsInstallation: boolean;
}

async function newClient({ accounts }: App, url: string, username: string, role: Role): Promise<Client> {
  await accounts.createUser({ username, email: `${username}@example.org`, password: PASSWORD, role });
  return await Client.signIn(url, username, PASSWORD);
}
