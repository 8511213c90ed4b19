import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { Api } from './api.ts';
import { buildProgram } from './build-program.ts';
import { noteClaims } from './claims.ts';
import type { Run } from './run.ts';
import { settingsOf } from './settings.ts';
import { SmallDisk } from './small-disk.ts';
import { StandIn } from './stand-in.ts';
import { Workers } from './workers.ts';

const execute = promisify(execFile);

export interface SiteOptions {
  readonly seed: string;
  readonly workers: number;
  readonly leaseSeconds: number;
  /** Where workers kill themselves, one place a worker, until there are none left. */
  readonly deaths: readonly string[];
}

/** What the programs of an installation find there. */
interface Ground {
  readonly dataDir: string;
  readonly postgres: OwnPostgres;
  readonly redis: OwnRedis;
  readonly standIn: StandIn;
  readonly db: Database;
  /** Where the programs keep unfinished work. */
  readonly disk: SmallDisk;
}

/** One installation on this machine: servers, an API, workers that are started again when they end, and a provider. */
export interface Site extends Ground {
  readonly url: string;
  readonly api: Api;
  readonly workers: Workers;
  makeUsers(names: readonly string[]): Promise<void>;
  /** Ends everything in the reverse order of its start. */
  close(): Promise<void>;
}

/** Everything runs when this resolves. What fails on the way closes what was opened before. */
export async function openSite(options: SiteOptions, run: Run): Promise<Site> {
  const resources = new AsyncDisposableStack();
  try {
    const worker = await buildProgram(resources);
    const ground = await openGround(options.seed, resources);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = settingsOf(ground, port, options.leaseSeconds);
    const program = (name: string, ...args: string[]) => ({ args, env, logFile: join(ground.dataDir, `${name}.log`) });
    const api = new Api(program('api', 'dist/main.js', 'serve'), url, run);
    resources.defer(() => api.kill());
    await api.start();
    const workers = new Workers(program('worker', worker, 'worker'), options.deaths, run);
    resources.defer(() => workers.close());
    for (let count = 0; count < options.workers; count++) workers.start();
    const makeUsers = async (names: readonly string[]) => {
      await execute(process.execPath, [worker, 'users', ...names], { env, signal: run.signal });
    };
    return { ...ground, url, api, workers, makeUsers, close: () => resources.disposeAsync() };
  } catch (thrown) {
    await resources.disposeAsync();
    throw thrown;
  }
}

async function openGround(seed: string, resources: AsyncDisposableStack): Promise<Ground> {
  const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-chaos-'));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await OwnPostgres.start();
  resources.defer(() => postgres.remove());
  const redis = await OwnRedis.place();
  resources.defer(() => redis.stop());
  await redis.start();
  const standIn = await StandIn.start(seed);
  resources.defer(() => standIn.close());
  const db = await openDatabase({ url: postgres.url, poolMax: 4 });
  resources.defer(() => db.close());
  await db.migrate();
  await noteClaims(db);
  const disk = await SmallDisk.open(join(dataDir, 'work'));
  resources.defer(() => disk.close());
  return { dataDir, postgres, redis, standIn, db, disk };
}
