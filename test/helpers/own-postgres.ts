import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded/free-port.ts';
import { postgresBinaries } from '../../src/embedded/postgres-binaries.ts';
import {
  type ClusterPlace,
  clusterFolder,
  DATABASE,
  ensureCluster,
  serverEnvironment,
} from '../../src/embedded/postgres-cluster.ts';
import { clusterHome, REACHABLE_ROOT, serverAccount } from '../../src/embedded/postgres-place.ts';
import { readPostmaster } from '../../src/embedded/postmaster-pid.ts';
import { until } from './until.ts';

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=16MB', 'timezone=UTC'];

/** A PostgreSQL for one test alone, which can be cut off in the middle of its work and come back at the same address. */
export class OwnPostgres {
  readonly url: string;
  readonly #port: number;
  readonly #place: ClusterPlace;
  readonly #dataDir: string;
  #server: ChildProcess | undefined;

  private constructor(place: ClusterPlace, dataDir: string, port: number, password: string) {
    this.#place = place;
    this.#dataDir = dataDir;
    this.#port = port;
    this.url = `postgresql://${DATABASE}:${password}@127.0.0.1:${port}/${DATABASE}`;
  }

  /** Running, with an empty database. */
  static async start(): Promise<OwnPostgres> {
    const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-postgres-'));
    const account = serverAccount();
    const home = clusterHome(dataDir, account, REACHABLE_ROOT);
    const place = { home, account, binaries: postgresBinaries(account, account ? REACHABLE_ROOT : home) };
    const password = await ensureCluster(place, undefined);
    const server = new OwnPostgres(place, dataDir, await freePort(), password);
    await server.resume();
    return server;
  }

  /** What `pg_ctl stop -m immediate` does: no session is ended in order, nothing that was not committed is written. */
  async crash(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  async resume(): Promise<void> {
    const cluster = clusterFolder(this.#place.home);
    const settings = [`port=${this.#port}`, ...SETTINGS].flatMap((setting) => ['-c', setting]);
    this.#server = spawn(this.#place.binaries.postgres, ['-D', cluster, ...settings], {
      stdio: 'ignore',
      cwd: '/',
      env: serverEnvironment(),
      ...this.#place.account,
    });
    await until('PostgreSQL is ready', () => readPostmaster(cluster)?.status === 'ready');
  }

  async remove(): Promise<void> {
    await this.#end('SIGINT');
    for (const folder of [this.#place.home, this.#dataDir]) await rm(folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
}
