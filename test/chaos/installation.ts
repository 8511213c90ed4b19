import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { ensureTestProgram } from '../helpers/processes.ts';
import { Api } from './api.ts';
import { recordClaims } from './claims.ts';
import type { ContentSource } from './content-source.ts';
import type { Run } from './run.ts';
import { settingsOf } from './settings.ts';
import { SmallDisk } from './small-disk.ts';
import { Workers } from './workers.ts';

const execute = promisify(execFile);

export interface InstallationOptions {
  readonly workers: number;
  readonly leaseSeconds: number;
  /** Where workers kill themselves, one place per worker, until there are none left. */
  readonly crashes: readonly string[];
  /** Starts what the installation gets its contents from. */
  openSource(): Promise<ContentSource>;
}

/** The addresses and folders for the programs of an installation. */
interface InstallationBase {
  readonly dataDir: string;
  readonly postgres: OwnPostgres;
  readonly redis: OwnRedis;
  readonly source: ContentSource;
  readonly db: Database;
  /** Folder for unfinished work of the programs. */
  readonly disk: SmallDisk;
}

/** One installation on this machine: servers, an API, workers that are started again when they end, and where contents come from. */
export interface Installation extends InstallationBase {
  readonly url: string;
  readonly api: Api;
  readonly workers: Workers;
  makeUsers(names: readonly string[]): Promise<void>;
  /** Ends everything in the reverse order of its start. */
  close(): Promise<void>;
}

/** Everything runs when this resolves. A failure closes what was opened before. */
export async function openInstallation(options: InstallationOptions, run: Run): Promise<Installation> {
  const resources = new AsyncDisposableStack();
  try {
    const worker = await ensureTestProgram('chaos-worker');
    const base = await openInstallationBase(options, resources);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = settingsOf(base, port, options.leaseSeconds);
    const program = (name: string, ...args: string[]) => ({ args, env, logFile: join(base.dataDir, `${name}.log`) });
    const api = new Api(program('api', 'dist/main.js', 'serve'), url, run);
    resources.defer(() => api.kill());
    await api.start();
    const workers = new Workers(program('worker', worker, 'worker'), options.crashes, run);
    resources.defer(() => workers.close());
    for (let count = 0; count < options.workers; count++) workers.start();
    const makeUsers = async (names: readonly string[]) => {
      await execute(process.execPath, [worker, 'users', ...names], { env, signal: run.signal });
    };
    return { ...base, url, api, workers, makeUsers, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

async function openInstallationBase(
  { openSource }: InstallationOptions,
  resources: AsyncDisposableStack,
): Promise<InstallationBase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-chaos-'));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await OwnPostgres.start();
  resources.defer(() => postgres.remove());
  const redis = await OwnRedis.create();
  resources.defer(() => redis.stop());
  await redis.start();
  const source = await openSource();
  resources.defer(() => source.close());
  const db = await openDatabase({ url: postgres.url, poolMax: 4 });
  resources.defer(() => db.close());
  await db.migrate();
  await recordClaims(db);
  const disk = await SmallDisk.open(join(dataDir, 'work'));
  resources.defer(() => disk.close());
  return { dataDir, postgres, redis, source, db, disk };
}
