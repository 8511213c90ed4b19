import type { Database } from '../../db/database.ts';
import { isLockTimeout, isStatementTimeout } from '../../db/database-errors.ts';
import type { Sql } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import { type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { isBloated } from './database-diagnostics.service.ts';
import { readTables } from './database-facts-sql.ts';
import { beginMaintenance, cancelStatement, limitVacuum, readTableNames, vacuum } from './maintenance-sql.ts';

export interface MaintenanceTimes {
  /** For all tables of a run by hand together, and of one at night; a request should not stay open for longer. */
  readonly byHandMs: number;
  readonly nightlyMs: number;
  readonly lockMs: number;
}

const TIMES: MaintenanceTimes = { byHandMs: 300_000, nightlyMs: 3_600_000, lockMs: 10_000 };
/** A table is vacuumed where at least this much time is left for it. */
const LEAST_MS = 100;

export interface Maintained {
  /** In the order in which they were vacuumed. */
  readonly tables: readonly string[];
  /** Why others were not. */
  readonly faults: readonly UserFault[];
}

/**
 * VACUUM (ANALYZE), table after table, outside of any transaction, by one process at a time. Its connection is its own, because a
 * statement may take longer there than the pool allows. The lock ends with that connection, and so with the process.
 */
export class DatabaseMaintenance {
  readonly #db: Database;
  readonly #times: MaintenanceTimes;

  constructor(db: Database, times: MaintenanceTimes = TIMES) {
    this.#db = db;
    this.#times = times;
  }

  /** The given tables, or those whose dead rows ask for it. Throws UserFaultError for an unknown table, and while another run lasts. */
  async run(actor: Actor, tables?: readonly string[] | null): Promise<Maintained> {
    const wanted = tables ? await this.#known(tables) : await this.#bloated();
    const done = await this.#vacuum(wanted, this.#times.byHandMs, new AbortController().signal);
    if (!done) throw underWay();
    const details = { tables: done.tables.join(', '), failed: done.faults.length };
    await this.#db.transaction((em) => appendAudit(em, entryOf(actor, { action: 'database.maintain', details })));
    return done;
  }

  /** What the dead rows ask for; nothing while another run lasts. The names of what it has vacuumed. Throws the signal's reason. */
  async runNightly(signal: AbortSignal): Promise<readonly string[]> {
    const done = await this.#vacuum(await this.#bloated(), this.#times.nightlyMs, signal);
    if (done && done.faults.length > 0)
      throw new AppError('DATABASE_ERROR', done.faults.map(({ message }) => message).join(' '));
    return done?.tables ?? [];
  }

  async #bloated(): Promise<string[]> {
    return (await readTables(this.#db.sql())).filter(isBloated).map(({ name }) => name);
  }

  async #known(tables: readonly string[]): Promise<string[]> {
    const there = new Set(await readTableNames(this.#db.sql()));
    const unknown = tables.filter((name) => !there.has(name));
    if (unknown.length === 0 && tables.length > 0) return [...new Set(tables)];
    const message =
      tables.length === 0
        ? 'Name a table, or leave tables out: then those are vacuumed whose dead rows ask for it.'
        : `There is no table ${unknown.map((name) => JSON.stringify(name)).join(', ')}.`;
    throw new UserFaultError({ code: 'INVALID', message, field: ['tables'] });
  }

  /** Null while another run lasts. */
  async #vacuum(tables: readonly string[], milliseconds: number, signal: AbortSignal): Promise<Maintained | null> {
    const patient = await this.#db.openPatient(milliseconds / 1_000);
    try {
      return await patient
        .sql()
        .connection()
        .execute(async (db) => {
          const pid = await beginMaintenance(db);
          if (pid === null) return null;
          const cancel = () => void cancelStatement(this.#db.sql(), pid).catch(() => undefined);
          signal.addEventListener('abort', cancel, { once: true });
          try {
            return await this.#vacuumEach(db, tables, { deadline: performance.now() + milliseconds, signal });
          } finally {
            signal.removeEventListener('abort', cancel);
          }
        });
    } finally {
      await patient.close();
    }
  }

  /** A table that is locked, or too large for the time, does not prevent the others. */
  async #vacuumEach(
    db: Sql,
    tables: readonly string[],
    { deadline, signal }: { readonly deadline: number; readonly signal: AbortSignal },
  ): Promise<Maintained> {
    const [done, faults]: [string[], UserFault[]] = [[], []];
    for (const table of tables) {
      signal.throwIfAborted();
      const statementMs = deadline - performance.now();
      try {
        if (statementMs < LEAST_MS) throw outOfTime(table);
        await limitVacuum(db, { statementMs, lockMs: this.#times.lockMs });
        await vacuum(db, table);
        done.push(table);
      } catch (thrown) {
        signal.throwIfAborted();
        faults.push(...faultsOf(table, thrown));
      }
    }
    return { tables: done, faults };
  }
}

/** Throws what is no fault of this table. */
function faultsOf(table: string, thrown: unknown): readonly UserFault[] {
  if (thrown instanceof UserFaultError) return thrown.faults;
  if (isStatementTimeout(thrown)) return outOfTime(table).faults;
  if (!isLockTimeout(thrown)) throw thrown;
  const message = `${table} was left out: another session changes its structure, or vacuums it too.`;
  return [{ code: 'CONFLICT', message, field: ['tables'] }];
}

function outOfTime(table: string): UserFaultError {
  const message = `${table} was not done in time: run it again for this table, or leave it to the night.`;
  return new UserFaultError({ code: 'INVALID_STATE', message, field: ['tables'] });
}

function underWay(): UserFaultError {
  return new UserFaultError({ code: 'CONFLICT', message: 'Another process maintains the database now.' });
}
