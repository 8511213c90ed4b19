import { createHash } from 'node:crypto';
import type { AuditDetails } from '../../entities/audit-entry.ts';
import type { AuditOutcome } from '../../entities/enums.ts';

/** The hash before the first entry. */
export const FIRST_HASH = '0'.repeat(64);

/** The content of an entry that its digest covers. */
export interface AuditContent {
  readonly id: string;
  readonly at: Date;
  readonly actorId: string | null;
  readonly action: string;
  readonly target: string | null;
  readonly outcome: AuditOutcome;
  readonly ipAddress: string | null;
  readonly details: AuditDetails | null;
}

/** SHA-256 of the salt and the content, hex. JSON with a fixed order: PostgreSQL does not keep the order of names in `jsonb`. */
export function digestOf(salt: string, content: AuditContent): string {
  const { id, at, actorId, action, target, outcome, ipAddress, details } = content;
  const sorted = details && Object.entries(details).sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(
    JSON.stringify([salt, id, at.toISOString(), actorId, action, target, outcome, ipAddress, sorted ?? null]),
  );
}

/** SHA-256 of the hash of the entry before, the place of this one, and its digest. */
export function hashAfter(previous: string, seq: number, digest: string): string {
  return sha256(`${previous}:${seq}:${digest}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
