import { type BatchedStatement, type NamedStatement, StatementBatch, valueToSend } from './statement-batch.ts';

/** The used parts of a pool of `pg`, which comes untyped with the ORM. */
export interface StatementPool {
  connect(): Promise<StatementClient>;
}

interface StatementClient {
  query(batch: StatementBatch): unknown;
  release(destroy: boolean): void;
}

const BEGIN: NamedStatement = { name: 'begin', text: 'begin' };
const COMMIT: NamedStatement = { name: 'commit', text: 'commit' };
const ROLLBACK: NamedStatement = { name: 'rollback', text: 'rollback' };

/**
 * A transaction of prepared statements alone. It reads as any other and takes fewer round trips: statements that are requested together are
 * sent together, BEGIN with the first of them, and COMMIT with the last.
 */
export class StatementTransaction {
  readonly #client: StatementClient;
  #waiting: BatchedStatement[] = [];
  #isScheduled = false;
  #state: 'new' | 'begun' | 'committing' | 'committed' = 'new';
  /** Of a statement, or of what was to be committed. From then on nothing more is sent, the commit included. */
  #failure: { readonly thrown: unknown } | undefined;

  constructor(client: StatementClient) {
    this.#client = client;
  }

  /** Whether the server may have committed it, although no answer has come. */
  get isCommitting(): boolean {
    return this.#state === 'committing';
  }

  /** Of several that are requested before the first is awaited, one that fails takes those behind it with it: await them with `Promise.all`. */
  async rows<Row extends object>({ name, text }: NamedStatement, values: readonly unknown[]): Promise<Row[]> {
    if (this.#state === 'committing' || this.#state === 'committed')
      throw new TypeError(`The statement ${name} comes after the commit of its transaction.`);
    const sent = values.map(valueToSend);
    if (this.#state === 'new') {
      this.#state = 'begun';
      void this.#send(BEGIN, []).catch(() => undefined); // the statement behind it gets the same error
    }
    try {
      return await this.#send<Row>({ name, text }, sent);
    } catch (thrown) {
      this.#failure ??= { thrown };
      throw thrown;
    }
  }

  /**
   * Commits together with the last statements: `await transaction.commitWith(insertOne(transaction), insertOther(transaction))`. Where one of
   * these fails, nothing is committed. Resolves after the commit.
   */
  async commitWith<T extends readonly unknown[]>(...last: { [Place in keyof T]: Promise<T[Place]> }): Promise<T> {
    for (const one of last)
      one.catch((thrown: unknown) => {
        this.#failure ??= { thrown };
      });
    const results = Promise.all(last);
    await Promise.all([this.commit(), results]);
    return await results;
  }

  /** Commits what is not committed yet. */
  async commit(): Promise<void> {
    if (this.#state === 'begun') {
      this.#state = 'committing';
      await this.#send(COMMIT, []);
    }
    this.#state = 'committed';
  }

  /** Returns the connection to the pool. */
  release(): void {
    this.#client.release(false);
  }

  /** Undoes what is not committed, and returns the connection; one that does not answer leaves the pool. */
  async abandon(): Promise<void> {
    let isClean = false;
    const unsent = this.#waiting;
    this.#waiting = [];
    for (const { reject } of unsent) reject(this.#failure?.thrown);
    this.#failure = undefined;
    try {
      if (this.#state === 'begun' || this.#state === 'committing') await this.#send(ROLLBACK, []);
      isClean = true;
    } catch {
      // What caused the end is reported, not this.
    } finally {
      this.#client.release(!isClean);
    }
  }

  async #send<Row extends object>(statement: NamedStatement, values: readonly unknown[]): Promise<Row[]> {
    // After all that runs now, so that what is requested together is sent together, or not at all.
    if (!this.#isScheduled) process.nextTick(() => this.#sendWaiting());
    this.#isScheduled = true;
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
    this.#waiting.push({ statement, values, resolve: (rows: Row[]) => resolve(rows), reject });
    return await promise;
  }

  #sendWaiting(): void {
    this.#isScheduled = false;
    const statements = this.#waiting;
    this.#waiting = [];
    if (!this.#failure) this.#client.query(new StatementBatch(statements));
    else for (const { reject } of statements) reject(this.#failure.thrown);
  }
}

export function isStatementPool(value: unknown): value is StatementPool {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function';
}
