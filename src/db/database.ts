import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { AppError } from '../errors.ts';
import { entities } from './entities.ts';
import { isRetriable, isUnreachable } from './failures.ts';
import { migrations } from './migrations/migrations.ts';
import { type Em, type Sql, sqlOf } from './orm.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most; the rest wait 30 s for one. */
  readonly poolMax: number;
}

const POOL = {
  application_name: 'autovideo_backend',
  connectionTimeoutMillis: 30_000,
  statement_timeout: 30_000,
  maxLifetimeSeconds: 3_600,
  keepAlive: true,
  options: '-c timezone=UTC',
} as const;
const TRANSACTION_TRIES = 4;

/** The pool and the ORM over it. Every caller works on a fork of its own. */
export class Database {
  readonly #orm: MikroORM;
  readonly #poolMax: number;

  constructor(orm: MikroORM, poolMax: number) {
    this.#orm = orm;
    this.#poolMax = poolMax;
  }

  get orm(): MikroORM {
    return this.#orm;
  }

  get poolMax(): number {
    return this.#poolMax;
  }

  em(): Em {
    return this.#orm.em.fork();
  }

  /** SQL outside any transaction. */
  sql(): Sql {
    return sqlOf(this.em());
  }

  /** All of it or nothing. Deadlocks and serialization failures are tried again, so `work` must be safe to repeat. */
  async transaction<T>(work: (em: Em) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.em().transactional(work);
      } catch (thrown) {
        if (attempt >= TRANSACTION_TRIES || !isRetriable(thrown)) throw thrown;
      }
    }
  }

  /** Brings the schema up to date; processes that start at once wait for each other. */
  async migrate(): Promise<string[]> {
    // The lock lives in a transaction of its own, so that it ends with this process whatever happens.
    return await this.em().transactional(async (em) => {
      await em.execute("select pg_advisory_xact_lock(hashtext('autovideo_migrations'))");
      return (await this.#orm.migrator.up()).map((migration) => migration.name);
    });
  }

  /** Round trip in milliseconds. */
  async ping(): Promise<number> {
    const begun = performance.now();
    await this.em().execute('select 1');
    return performance.now() - begun;
  }

  async close(): Promise<void> {
    await this.#orm.close(true);
  }
}

/** Connects, and proves it. Throws DATABASE_CONNECTION_FAILED with what to check. */
export async function openDatabase({ url, poolMax }: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [...entities],
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, tableName: 'migrations' },
    pool: { min: 0, max: poolMax, idleTimeoutMillis: 30_000 },
    driverOptions: POOL,
    timezone: 'UTC',
    // A typing error in DATABASE_URL must not make a new, empty database.
    ensureDatabase: false,
    // Connection losses surface as errors of the query that met them; the ORM's own logger would only repeat them.
    logger: () => undefined,
  });
  const database = new Database(orm, poolMax);
  try {
    await database.ping();
    return database;
  } catch (thrown) {
    await database.close();
    if (!isUnreachable(thrown)) throw thrown;
    throw new AppError(
      'DATABASE_CONNECTION_FAILED',
      'PostgreSQL cannot be reached: check that it runs and that DATABASE_URL names its host, port, user and password.',
      { cause: thrown, retriable: true },
    );
  }
}
