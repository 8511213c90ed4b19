import type { Database } from '../../db/database.ts';
import { auditDetails } from '../../entities/audit-entry.ts';
import { parseJson } from '../../entities/json-column.ts';
import { digestOf, FIRST_HASH, hashAfter } from './audit-hash.ts';
import { type AuditRow, entriesAfter, readChainEnds } from './audit-sql.ts';

/** The result of reading the whole log. */
export interface AuditVerification {
  readonly entries: number;
  /** Entries without their personal data, which only the chain still proves. */
  readonly erased: number;
  /** The hash of the last entry: noted elsewhere, it shows later whether the log was replaced as a whole. */
  readonly hash: string;
  /** The first entry that does not fit, and why; null where all do. */
  readonly problem: { readonly seq: number; readonly reason: string } | null;
}

/** Reads every entry in order, and compares its content with its digest, and its hash with the chain. */
export async function verifyAudit(db: Database): Promise<AuditVerification> {
  const rows = db.sql();
  let [entries, erased, hash] = [0, 0, FIRST_HASH];
  const failed = (seq: number, reason: string) => ({ entries, erased, hash, problem: { seq, reason } });
  for (let page = await entriesAfter(rows, 0); page.length > 0; page = await entriesAfter(rows, entries)) {
    for (const entry of page) {
      const seq = entries + 1;
      if (entry.seq !== seq) return failed(seq, 'the entry is missing');
      if (!hasItsContent(entry)) return failed(seq, 'the content was changed');
      if (entry.hash !== hashAfter(hash, seq, entry.digest))
        return failed(seq, 'the entry does not follow the one before');
      entries = seq;
      hash = entry.hash;
      if (entry.erased_at !== null) erased += 1;
    }
  }
  // Entries that were added meanwhile are not missing.
  const { chain, log } = await readChainEnds(rows);
  if (chain !== log) return failed(entries + 1, 'entries at the end are missing');
  return { entries, erased, hash, problem: null };
}

function hasItsContent(row: AuditRow): boolean {
  if (row.erased_at !== null) return row.salt === null;
  const { id, at, action, target, outcome } = row;
  const details = row.details === null ? null : parseJson(auditDetails, row.details, 'audit_log.details');
  const content = { id, at, actorId: row.actor_id, action, target, outcome, ipAddress: row.ip_address, details };
  return row.salt !== null && digestOf(row.salt, content) === row.digest;
}
