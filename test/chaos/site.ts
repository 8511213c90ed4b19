import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';
import { StandIn } from './stand-in.ts';

const run = promisify(execFile);
const PASSWORD = 'a loud red harbour';
const WORK_MB = 64;

/** A worker that is no more, or that stood still from then on. */
export interface WorkerLoss {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface SiteOptions {
  readonly seed: string;
  readonly workers: number;
  readonly leaseSeconds: number;
  /** Where workers kill themselves, one place a worker, until there are none left. */
  readonly deaths: readonly string[];
}

/** One installation on this machine: servers, an API, workers that are started again when they end, and a provider. */
export class Site {
  readonly postgres: OwnPostgres;
  readonly redis: OwnRedis;
  readonly standIn: StandIn;
  readonly db: Database;
  readonly dataDir: string;
  readonly url: string;
  readonly losses: WorkerLoss[] = [];
  /** How many workers died at the place that was theirs. */
  deaths = 0;
  /** How workers ended that were asked to stop, and did not come to their place of death on the way. */
  readonly stops: (number | NodeJS.Signals | null)[] = [];
  readonly #env: Readonly<Record<string, string>>;
  readonly #places: string[];
  readonly #workers = new Set<ChildProcess>();
  /** Process ids of those that we killed ourselves. */
  readonly #killed = new Set<number>();
  readonly #hasSmallDisk: boolean;
  #api: ChildProcess | undefined;
  #closing = false;

  private constructor(
    parts: Pick<Site, 'postgres' | 'redis' | 'standIn' | 'db' | 'dataDir' | 'url'>,
    env: Readonly<Record<string, string>>,
    deaths: readonly string[],
    hasSmallDisk: boolean,
  ) {
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.standIn = parts.standIn;
    this.db = parts.db;
    this.dataDir = parts.dataDir;
    this.url = parts.url;
    this.#env = env;
    this.#places = [...deaths];
    this.#hasSmallDisk = hasSmallDisk;
  }

  static async open({ seed, workers, leaseSeconds, deaths }: SiteOptions): Promise<Site> {
    const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-chaos-'));
    const [postgres, redis, standIn, port] = await Promise.all([
      OwnPostgres.start(),
      OwnRedis.place(),
      StandIn.start(seed),
      freePort(),
    ]);
    await redis.start();
    const db = await openDatabase({ url: postgres.url, poolMax: 4 });
    await db.migrate();
    await watchClaims(db);
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...inherited(),
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: postgres.url,
      DATABASE_POOL_MAX: '10',
      REDIS_URL: redis.url,
      LEASE_SECONDS: String(leaseSeconds),
      WORKER_CONCURRENCY: '2',
      JOB_RETRIES: '8',
      JOB_RETRY_SECONDS: '1',
      LOST_ANSWERS: 'resend',
      ADMIN_PASSWORD: PASSWORD,
      JWT_SECRET: 'a secret for tokens, of this run alone',
      LINK_SECRET: 'a secret for links, of this run alone',
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      CHAOS_PROVIDER: standIn.url,
      CHAOS_PASSWORD: PASSWORD,
    };
    const site = new Site(
      { postgres, redis, standIn, db, dataDir, url },
      env,
      deaths,
      await mountSmallDisk(workIn(dataDir)),
    );
    await site.startApi();
    for (let count = 0; count < workers; count++) await site.#startWorker();
    return site;
  }

  get #ballast(): string {
    return join(workIn(this.dataDir), 'ballast');
  }

  get password(): string {
    return PASSWORD;
  }

  /** Process ids of the workers that run just now. */
  get workers(): readonly number[] {
    return [...this.#workers].flatMap(({ pid }) => pid ?? []);
  }

  async makeUsers(names: readonly string[]): Promise<void> {
    await run(process.execPath, [PROGRAM, 'users', ...names], { env: this.#env });
  }

  async startApi(): Promise<void> {
    this.#api = await this.#spawn('api', ['dist/main.js', 'serve'], this.#env);
    await until('the API is ready', () => isReady(this.url), 60);
  }

  async killApi(): Promise<void> {
    const api = this.#api;
    if (!api) return;
    const ended = once(api, 'exit');
    api.kill('SIGKILL');
    await ended;
  }

  /** Ends a worker in peace; another is started in its place. */
  async deploy(pid: number): Promise<void> {
    const worker = [...this.#workers].find((one) => one.pid === pid);
    if (!worker) return;
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    await ended;
    if (worker.signalCode !== 'SIGKILL') this.stops.push(worker.exitCode ?? worker.signalCode);
  }

  /** A signal to a worker, if it still lives. */
  signal(pid: number, signal: NodeJS.Signals): void {
    const worker = [...this.#workers].find((one) => one.pid === pid);
    if (signal === 'SIGKILL') this.#killed.add(pid);
    if (signal === 'SIGSTOP') this.losses.push({ pid, at: Date.now() });
    worker?.kill(signal);
  }

  /** Leaves no room for unfinished work; false where the folder could not be given a small disk of its own. */
  async fillWork(): Promise<boolean> {
    if (!this.#hasSmallDisk) return false;
    // Until the disk says no; what fits is as much as there was room for.
    await writeFile(this.#ballast, Buffer.alloc(WORK_MB * 2 ** 20)).catch(() => undefined);
    return true;
  }

  async emptyWork(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  async close(): Promise<void> {
    this.#closing = true;
    const processes = [this.#api, ...this.#workers].flatMap((one) => one ?? []);
    await Promise.all(processes.map(endOf));
    await this.db.close();
    await Promise.all([this.standIn.close(), this.redis.stop(), this.postgres.remove()]);
    if (this.#hasSmallDisk) await run('umount', ['--lazy', workIn(this.dataDir)]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #startWorker(): Promise<void> {
    const env = { ...this.#env, CHAOS_DIE: this.#places.shift() ?? '' };
    const worker = await this.#spawn('worker', [PROGRAM, 'worker'], env);
    this.#workers.add(worker);
    worker.once('exit', () => {
      this.#workers.delete(worker);
      if (worker.signalCode === 'SIGKILL') this.#lost(worker.pid ?? -1);
      if (!this.#closing) void this.#startWorker();
    });
  }

  #lost(pid: number): void {
    this.losses.push({ pid, at: Date.now() });
    if (!this.#killed.has(pid)) this.deaths++;
  }

  async #spawn(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<ChildProcess> {
    const log = await open(join(this.dataDir, `${name}.log`), 'a');
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', log.fd, log.fd] });
    await log.close();
    return child;
  }
}

const PROGRAM = 'test/chaos/process.ts';

function inherited(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

/** Where the program keeps unfinished work. */
function workIn(dataDir: string): string {
  return join(dataDir, 'work');
}

/** A disk that is easily filled; false where mounting is not allowed. */
async function mountSmallDisk(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  return await run('mount', ['-t', 'tmpfs', '-o', `size=${WORK_MB}m`, 'tmpfs', folder]).then(
    () => true,
    () => false, // not root, or in a container without that right
  );
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false, // nobody listens there yet
  );
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Has the database itself note who took which job from whom. */
async function watchClaims(db: Database): Promise<void> {
  await sql`
    create table chaos_claims (job_id uuid, worker_id uuid, before_id uuid, was text, at timestamptz);
    create function chaos_note() returns trigger language plpgsql as $$ begin
      insert into chaos_claims values (new.id, new.worker_id, old.worker_id, old.status, clock_timestamp());
      return new;
    end $$;
    create trigger chaos_claims after update of fence on jobs for each row when (new.status = 'ACTIVE')
      execute function chaos_note();
    create table chaos_workers (id uuid primary key, pid int);
    create function chaos_worker() returns trigger language plpgsql as $$ begin
      insert into chaos_workers values (new.id, new.pid) on conflict do nothing;
      return new;
    end $$;
    create trigger chaos_workers after insert on workers for each row execute function chaos_worker()`.execute(
    db.sql(),
  );
}
