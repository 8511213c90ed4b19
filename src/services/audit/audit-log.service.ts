import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { type Act, entryOf, type SignedInActor } from './actor.ts';
import { type AuditFilter, type AuditView, countEntries, findEntry, readEntries } from './audit-sql.ts';
import { appendAudit } from './audit-store.ts';
import { RefusalLimit } from './refusal-limit.ts';

export interface AuditQuery extends AuditFilter {
  /** 1 to 100, checked by the caller. */
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface AuditPage {
  readonly rows: readonly AuditView[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Reads the audit log, newest first, and records what was refused. */
export class AuditLogService {
  readonly #db: Database;
  readonly #refusals: RefusalLimit;

  /** `onSuppressed` gets the number of refusals of a user that were too many to be recorded. */
  constructor(db: Database, { onSuppressed }: { readonly onSuppressed: (userId: string, count: number) => void }) {
    this.#db = db;
    this.#refusals = new RefusalLimit(onSuppressed);
  }

  /** Records an act that was refused or has failed, at most twenty a minute of one user. */
  async recordRefusal(actor: SignedInActor, act: Act, outcome: 'DENIED' | 'FAILURE'): Promise<void> {
    if (!this.#refusals.allows(actor.viewer.userId)) return;
    await this.#db.transaction((em) => appendAudit(em, entryOf(actor, act, outcome)));
  }

  /** Throws CURSOR_INVALID. */
  async page({ first, after, ...filter }: AuditQuery): Promise<AuditPage> {
    // One more row than requested shows whether there are more.
    const rows = await readEntries(this.#db.sql(), filter, after == null ? null : seqIn(after), first + 1);
    return { rows: rows.slice(0, first), hasNextPage: rows.length > first, hasPreviousPage: after != null };
  }

  async count(filter: AuditFilter): Promise<number> {
    return await countEntries(this.#db.sql(), filter);
  }

  async find(id: string): Promise<AuditView | null> {
    return await findEntry(this.#db.sql(), id);
  }
}

/** The position of an entry in the list. */
export function auditCursorOf({ seq }: Pick<AuditView, 'seq'>): string {
  return Buffer.from(String(seq)).toString('base64url');
}

function seqIn(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AppError('CURSOR_INVALID', 'This is not a cursor of this list: give an endCursor that it returned.');
}
