import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../src/child-environment.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { clusterHome, REACHABLE_ROOT, serverAccount } from '../../src/embedded/postgres/cluster-home.ts';
import { postgresBinaries } from '../../src/embedded/postgres/postgres-binaries.ts';
import {
  type ClusterLocation,
  clusterFolder,
  DATABASE,
  ensureCluster,
  SERVER_VARIABLES,
  SUPERUSER,
} from '../../src/embedded/postgres/postgres-cluster.ts';
import { readPostmaster } from '../../src/embedded/postgres/postmaster-pid.ts';
import { copyCluster } from './cluster-copy.ts';
import { until } from './until.ts';

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=16MB',
  'timezone=UTC',
  // In tests the server crashes, but never the machine.
  'fsync=off',
];

/** A PostgreSQL cluster as `initdb` leaves it, with the server's database and password. */
export interface NewCluster {
  readonly folder: string;
  readonly password: string;
}

/** A PostgreSQL for one test alone, which can be stopped abruptly and restarted at the same address. */
export class OwnPostgres {
  readonly url: string;
  readonly #port: number;
  readonly #place: ClusterLocation;
  readonly #dataDir: string;
  #server: ChildProcess | undefined;

  private constructor({ place, dataDir, port }: ClusterFolders, password: string) {
    this.#place = place;
    this.#dataDir = dataDir;
    this.#port = port;
    this.url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`;
  }

  /** Running, with an empty database; in a copy of the given cluster, if any. */
  static async start(cluster?: NewCluster): Promise<OwnPostgres> {
    const own = await createClusterFolders();
    if (cluster) await promisify(execFile)('cp', ['-a', cluster.folder, clusterFolder(own.place.home)]);
    const server = new OwnPostgres(own, cluster?.password ?? (await ensureCluster(own.place, undefined)));
    await server.resume();
    return server;
  }

  /** Another running server, a readable streaming replica of this one. */
  async replica(): Promise<OwnPostgres> {
    const own = await createClusterFolders();
    const { home, account } = own.place;
    await copyCluster({ url: this.url, from: clusterFolder(this.#place.home), to: clusterFolder(home), account });
    const replica = new OwnPostgres(own, new URL(this.url).password);
    await replica.resume();
    return replica;
  }

  /** As `pg_ctl stop -m immediate`: sessions end abruptly, and nothing uncommitted is written. */
  async crash(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  /** As the kernel does when memory runs out. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Open connections continue, new ones are never answered. */
  freeze(): void {
    this.#server?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#server?.kill('SIGCONT');
  }

  async resume(): Promise<void> {
    const cluster = clusterFolder(this.#place.home);
    const settings = [`port=${this.#port}`, ...SETTINGS].flatMap((setting) => ['-c', setting]);
    this.#server = spawn(this.#place.binaries.postgres, ['-D', cluster, ...settings], {
      stdio: 'ignore',
      cwd: '/',
      env: childEnvironment(SERVER_VARIABLES),
      ...this.#place.account,
    });
    await until('PostgreSQL is ready', () => readPostmaster(cluster)?.status === 'ready', 120);
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

interface ClusterFolders {
  readonly place: ClusterLocation;
  readonly dataDir: string;
  readonly port: number;
}

async function createClusterFolders(): Promise<ClusterFolders> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-postgres-'));
  const account = serverAccount();
  const home = clusterHome(dataDir, account, REACHABLE_ROOT);
  const place = { home, account, binaries: postgresBinaries(account, account ? REACHABLE_ROOT : home) };
  return { place, dataDir, port: await freePort() };
}
