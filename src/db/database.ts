import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { type TimeoutOptions, withTimeout } from '../concurrency/timeout.ts';
import { AppError } from '../errors.ts';
import { connectionFailure } from './database-errors.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations/migrations.ts';
import { nameStatements } from './named-statements.ts';
import { type Em, type Sql, sqlOf } from './orm.ts';
import { PoolUsage } from './pool-usage.ts';
import type { QueryTimes } from './query-times.ts';
import { retryWhileUnreachable } from './retry-while-unreachable.ts';
import { endSilentConnections, FirstSockets } from './silent-connections.ts';
import { isStatementPool, StatementTransaction } from './statement-transaction.ts';
import { tryRepeatedly } from './try-repeatedly.ts';
import { typeParsers } from './type-parsers.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** The maximum number of connections; other callers wait up to 30 s for one. */
  readonly poolMax: number;
  /** The longest duration of a statement; 30 s by default. */
  readonly statementSeconds?: number;
  /** How long a statement waits for a lock; by default as long as it may run. */
  readonly lockSeconds?: number | undefined;
  /** Measures every statement. */
  readonly times?: QueryTimes | undefined;
  /** How many connections stay open when nothing uses them; 20 by default. */
  readonly restingConnections?: number;
  /** How long a connection above those that rest stays open when nothing uses it; 30 s by default. */
  readonly idleSeconds?: number;
  /** What the server shows of the connections; that of processes that work by default. */
  readonly applicationName?: string;
  /** For the times at which connections are taken: milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** A transaction under way: the ORM's, or one of prepared statements alone. */
export type Transaction = Em | StatementTransaction;

type Pool = Parameters<typeof nameStatements>[0] &
  Parameters<PoolUsage['observe']>[0] &
  Parameters<typeof endSilentConnections>[0];

/** What PostgreSQL shows of our sessions, of every process. */
export const APPLICATION_NAME = 'autovideo_backend';
/** A connection of this age is closed as soon as nothing uses it. */
export const POOLED_SECONDS = 3_600;
export const CONNECTION = {
  application_name: APPLICATION_NAME,
  connectionTimeoutMillis: 30_000,
  // A client that makes no progress within a transaction (a stopped process, a cut network) must not hold its row locks for long.
  idle_in_transaction_session_timeout: 5_000,
  maxLifetimeSeconds: POOLED_SECONDS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // A bitmap of rows that exceeds work_mem becomes lossy, and PostgreSQL reads all rows of its pages: counting half of a million videos
  // then took 8.5 s instead of 0.5. This is enough for a table of 4 GB. In memory and on SSDs, random pages cost little more than
  // sequential ones; with PostgreSQL's default of 4 it read ten videos for each one of an owner who has a tenth of all.
  options: '-c timezone=UTC -c work_mem=32MB -c random_page_cost=1.1',
} as const;
const STATEMENT_SECONDS = 30;
const IDLE_SECONDS = 30;
/** Opening a connection takes longer than most statements. */
const RESTING_CONNECTIONS = 20;
/** A connection in use may be silent this much longer than a statement may take. */
const ANSWER_MS = 1_000;
const PING: TimeoutOptions = {
  milliseconds: 5_000,
  code: 'DATABASE_CONNECTION_FAILED',
  message: 'PostgreSQL does not answer: check that it runs and can be reached.',
};
const SILENT =
  'PostgreSQL does not answer in 5 s, though something accepts connections where DATABASE_URL points: check that the server is not stopped or overloaded, and that it is PostgreSQL.';

/** The pool and the ORM that uses it. Every caller works on its own fork. */
export class Database {
  readonly #orm: MikroORM;
  readonly #poolMax: number;
  readonly #url: string;
  /** How the connections of this process are used. */
  readonly poolUsage: PoolUsage;
  /** It is in no transaction, and nothing is written through it but SQL. */
  #outside: Em | undefined;
  /** Of each transaction under way. */
  readonly #commitListeners = new WeakMap<Transaction, (() => void)[]>();

  constructor(orm: MikroORM, url: string, poolMax: number, poolUsage: PoolUsage) {
    this.#orm = orm;
    this.#url = url;
    this.#poolMax = poolMax;
    this.poolUsage = poolUsage;
  }

  /** Where it is; contains the password. */
  get url(): string {
    return this.#url;
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
    this.#outside ??= this.em();
    return sqlOf(this.#outside);
  }

  /**
   * All of it or nothing. Deadlocks, serialization failures and connections that were already lost in the pool are retried, so
   * `work` must be safe to repeat. With `until` it also waits for an unreachable database, and then throws the signal's
   * reason; `work` may then follow an earlier attempt that was committed although its answer was lost, and must detect it.
   */
  async transaction<T>(work: (em: Em) => Promise<T>, until?: AbortSignal): Promise<T> {
    return until
      ? await retryWhileUnreachable(until, () => this.#tryTransaction(work))
      : await this.#tryTransaction(work);
  }

  /**
   * A transaction that is also tried again where the answer to its commit was lost. From the second attempt on, `work` must look
   * first whether an earlier attempt was committed. It must insert a row with a key that is the same in each attempt: where an earlier
   * one is still being committed, that insert waits for it and fails as a duplicate, and the next attempt finds the row.
   */
  async repeatableTransaction<T>(work: (em: Em, attempt: number) => Promise<T>): Promise<T> {
    return await this.#tryTransaction(work, { findsCommit: true });
  }

  /** The same for a transaction of prepared statements alone, in few round trips. */
  async repeatableStatements<T>(work: (transaction: StatementTransaction, attempt: number) => Promise<T>): Promise<T> {
    return await tryRepeatedly((attempt, state) => this.#transactStatements((one) => work(one, attempt), state), {
      findsCommit: true,
    });
  }

  /**
   * Calls back once the transaction is committed; never where it is rolled back, or where the answer to its commit is lost. For
   * notices that may be missed.
   */
  afterCommit(transaction: Transaction, listener: () => void): void {
    this.#commitListeners.get(transaction)?.push(listener);
  }

  /** SQL outside any transaction that waits for an unreachable database; its effect may occur twice. */
  async statement<T>(run: (sql: Sql) => Promise<T>, until?: AbortSignal): Promise<T> {
    return until ? await retryWhileUnreachable(until, () => run(this.sql())) : await run(this.sql());
  }

  async #tryTransaction<T>(work: (em: Em, attempt: number) => Promise<T>, { findsCommit = false } = {}): Promise<T> {
    return await tryRepeatedly((attempt, state) => this.#transact((em) => work(em, attempt), state), { findsCommit });
  }

  /**
   * The query builder's own transaction with the ORM in it, not the ORM's: that one never returns a lost connection to the
   * pool, so that each loss made the pool smaller.
   */
  async #transact<T>(work: (em: Em) => Promise<T>, state: { committing: boolean }): Promise<T> {
    let failed: { readonly thrown: unknown } | undefined;
    const em = this.em();
    const listeners: (() => void)[] = [];
    this.#commitListeners.set(em, listeners);
    try {
      const result = await sqlOf(em)
        .transaction()
        .execute(async (transaction) => {
          try {
            em.setTransactionContext(transaction);
            const result = await work(em);
            await em.flush();
            state.committing = true;
            return result;
          } catch (thrown) {
            failed = { thrown };
            throw thrown;
          }
        });
      for (const listener of listeners) listener();
      return result;
    } catch (thrown) {
      // A failing rollback must not hide the error that caused it.
      throw failed ? failed.thrown : thrown;
    }
  }

  async #transactStatements<T>(
    work: (transaction: StatementTransaction) => Promise<T>,
    state: { committing: boolean },
  ): Promise<T> {
    const pool: unknown = await this.#orm.em.getConnection().getNativeClient();
    if (!isStatementPool(pool)) throw new AppError('DATABASE_ERROR', 'The database driver has no pool of connections.');
    const transaction = new StatementTransaction(await pool.connect());
    const listeners: (() => void)[] = [];
    this.#commitListeners.set(transaction, listeners);
    let result: T;
    try {
      result = await work(transaction);
      await transaction.commit();
    } catch (thrown) {
      state.committing = transaction.isCommitting;
      await transaction.abandon();
      throw thrown;
    }
    transaction.release();
    for (const listener of listeners) listener();
    return result;
  }

  /** One more connection to the same database, for statements that take longer than those of the pool may. The caller closes it. */
  async openPatient(statementSeconds: number): Promise<Database> {
    const url = this.#orm.config.get('clientUrl');
    if (url === undefined) throw new TypeError('openDatabase() has set the address.');
    return await openDatabase({ url, poolMax: 1, statementSeconds });
  }

  /** Whether all migrations have been applied. */
  async isMigrated(): Promise<boolean> {
    const [found] = await this.em().execute<{ there: boolean }[]>(
      "select to_regclass('migrations') is not null as there",
    );
    if (!found?.there) return false;
    const applied = await this.em().execute<{ name: string }[]>('select name from migrations');
    return migrations.every((migration) => applied.some(({ name }) => name === migration.name));
  }

  /** Brings the schema up to date; processes that start at once wait for each other. */
  async migrate(): Promise<string[]> {
    // The lock belongs to a separate transaction, so that it always ends with this process.
    return await this.#transact(
      async (em) => {
        await em.execute('set local idle_in_transaction_session_timeout = 0');
        await em.execute("select pg_advisory_xact_lock(hashtext('autovideo_migrations'))");
        return (await this.#orm.migrator.up()).map((migration) => migration.name);
      },
      { committing: false },
    );
  }

  /** Round trip in milliseconds. Throws after five seconds without an answer. */
  async ping(): Promise<number> {
    const begun = performance.now();
    await withTimeout(PING, this.em().execute('select 1'));
    return performance.now() - begun;
  }

  async close(): Promise<void> {
    await this.#orm.close(true);
  }
}

/** Connects and runs a query. Throws DATABASE_CONNECTION_FAILED with what to check. */
export async function openDatabase({
  url,
  poolMax,
  statementSeconds = STATEMENT_SECONDS,
  lockSeconds,
  times,
  restingConnections = RESTING_CONNECTIONS,
  idleSeconds = IDLE_SECONDS,
  applicationName = CONNECTION.application_name,
  now,
}: DatabaseOptions): Promise<Database> {
  const poolUsage = new PoolUsage({ max: poolMax, ...(now && { now }) });
  const sockets = new FirstSockets();
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [...entities],
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, tableName: 'migrations' },
    pool: { min: Math.min(restingConnections, poolMax), max: poolMax, idleTimeoutMillis: idleSeconds * 1_000 },
    driverOptions: {
      ...CONNECTION,
      application_name: applicationName,
      statement_timeout: statementSeconds * 1_000,
      ...(lockSeconds !== undefined && { lock_timeout: lockSeconds * 1_000 }),
      types: typeParsers,
      onPoolCreated: (pool: Pool) => {
        nameStatements(pool);
        times?.measure(pool);
        poolUsage.observe(pool);
        endSilentConnections(pool, statementSeconds * 1_000 + ANSWER_MS);
      },
      stream: () => sockets.next(),
    },
    timezone: 'UTC',
    // A typing error in DATABASE_URL must not create a new, empty database.
    ensureDatabase: false,
    // Connection losses surface as errors of the query that fails; the ORM's logger would only repeat them.
    logger: () => undefined,
  });
  const database = new Database(orm, url, poolMax, poolUsage);
  try {
    await database.ping();
    sockets.release();
    return database;
  } catch (thrown) {
    const isSilent = thrown instanceof AppError && sockets.areAccepted();
    // Otherwise closing waits for connections that are never ready, for as long as the pool waits for one.
    sockets.destroy();
    await database.close();
    if (!isSilent) throw connectionFailure(thrown);
    throw new AppError('DATABASE_CONNECTION_FAILED', SILENT, { cause: thrown, retriable: true });
  }
}
