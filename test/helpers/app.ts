import { type App, startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import type { Role } from '../../src/entities/enums.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { PASSWORD } from './accounts.ts';
import { Client } from './client.ts';
import { newPlace, type Place, type Settings } from './place.ts';

export interface TestAppOptions {
  /** Both are on where left out. */
  readonly api?: boolean;
  readonly worker?: boolean;
  readonly settings?: Settings;
  /** Where it runs; a place of its own where left out, which is then removed with it. */
  readonly place?: Place;
  /** Instead of the built-in ones. */
  readonly makers?: Providers;
}

/** The whole application in this process, quiet, on a free port. */
export class TestApp {
  readonly app: App;
  readonly place: Place;
  readonly url: string;
  /** Every line of its log, from debug on. */
  readonly log: readonly Record<string, unknown>[];
  readonly #ownsPlace: boolean;

  private constructor({ app, place, url, log, ownsPlace }: TestAppParts) {
    this.app = app;
    this.place = place;
    this.url = url;
    this.log = log;
    this.#ownsPlace = ownsPlace;
  }

  static async start({
    api = true,
    worker = true,
    settings,
    place: given,
    makers,
  }: TestAppOptions = {}): Promise<TestApp> {
    const place = given ?? (await newPlace(settings));
    const port = await freePort();
    const config = loadConfig({ ...place.settings, ...settings, PORT: String(port) });
    const log: Record<string, unknown>[] = [];
    const logger = createLogger({ level: 'debug', destination: { write: (line) => log.push(JSON.parse(line)) } });
    const app = await startApp(config, logger, { api, worker, ...(makers ? { makers } : {}) });
    return new TestApp({ app, place, url: `http://127.0.0.1:${port}`, log, ownsPlace: given === undefined });
  }

  /** A new account with this role, signed in. */
  async signedIn(username: string, role: Role = 'CREATOR'): Promise<Client> {
    return await newClient(this.app, this.url, username, role);
  }

  async close(): Promise<void> {
    await this.app.close();
    if (this.#ownsPlace) await this.place.remove();
  }
}

interface TestAppParts {
  readonly app: App;
  readonly place: Place;
  readonly url: string;
  readonly log: readonly Record<string, unknown>[];
  readonly ownsPlace: boolean;
}

async function newClient({ accounts }: App, url: string, username: string, role: Role): Promise<Client> {
  await accounts.createUser({ username, email: `${username}@example.org`, password: PASSWORD, role });
  return await Client.signIn(url, username, PASSWORD);
}
