import { type Database, POOLED_SECONDS } from '../../db/database.ts';
import { sqlOf } from '../../db/orm.ts';
import { type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { endIdleSessions, type IdleSession, limitStatements, readIdleSessions } from './maintenance-sql.ts';

/** The shortest is for an operator who knows what is open; a day is more than anyone waits. */
export const IDLE_SECONDS = { least: 1, most: 86_400 } as const;
const STATEMENT_MS = 5_000;
/** A pool closes a connection at its age as soon as it is idle; a busy process may be late. */
const LATE_SECONDS = 60;

/**
 * Sessions of this database that do nothing, within a transaction or without, and that only take up connections or hold locks: shells and
 * reports that were left open, and connections of machines that vanished.
 *
 * Connections of Auto Video's own pools are not ended, of this process or of any other that runs. They would be opened again at once, so
 * that nothing is gained, and a statement that is sent in the same moment would fail. A pool closes its connections at the age of an hour
 * as soon as they are idle: what is older, and idle, belongs to no process any more and is ended. Which process is alive need not be known.
 *
 * Sessions with an advisory lock are not ended either: the run of a periodic task, or the start that migrates the database, which waits in
 * a transaction for as long as that takes, would lose its exclusive right. Such sessions of ours end by themselves: their server-side
 * timeouts end those of a stopped process. Nothing of ours waits with LISTEN.
 *
 * Only sessions of our own role are ended: others have their own operators.
 */
export class IdleSessions {
  readonly #db: Database;
  readonly #poolSeconds: number;

  /** `poolSeconds`: idle connections of a running process are younger. */
  constructor(db: Database, { poolSeconds = POOLED_SECONDS + LATE_SECONDS } = {}) {
    this.#db = db;
    this.#poolSeconds = poolSeconds;
  }

  /** All that have been idle as long, the longest first, and which of them would be ended. Throws UserFaultError. */
  async list(idleSeconds: number): Promise<IdleSession[]> {
    checkSeconds(idleSeconds);
    return await this.#db.transaction(async (em) => {
      await limitStatements(sqlOf(em), STATEMENT_MS);
      return await readIdleSessions(sqlOf(em), { idleSeconds, poolSeconds: this.#poolSeconds });
    });
  }

  /** Returns how many it has ended; that it was done is in the audit log, also where there were none. Throws UserFaultError. */
  async end(actor: Actor, idleSeconds: number): Promise<number> {
    checkSeconds(idleSeconds);
    return await this.#db.transaction(async (em) => {
      await limitStatements(sqlOf(em), STATEMENT_MS);
      const ended = await endIdleSessions(sqlOf(em), { idleSeconds, poolSeconds: this.#poolSeconds });
      await appendAudit(em, entryOf(actor, { action: 'database.end_sessions', details: { idleSeconds, ended } }));
      return ended;
    });
  }
}

function checkSeconds(idleSeconds: number): void {
  const { least, most } = IDLE_SECONDS;
  if (Number.isInteger(idleSeconds) && idleSeconds >= least && idleSeconds <= most) return;
  const message = `idleSeconds has to be a whole number between ${least} and ${most}.`;
  throw new UserFaultError({ code: 'INVALID', message, field: ['idleSeconds'] });
}
