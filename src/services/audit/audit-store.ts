import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { type Em, nowOf, sqlOf } from '../../db/orm.ts';
import type { AuditDetails } from '../../entities/audit-entry.ts';
import type { AuditOutcome } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import { type AuditContent, digestOf } from './audit-hash.ts';

const SALT_BYTES = 16;
const LENGTHS = { target: 200, ipAddress: 45 } as const;

/** What happened. Names of actions are `<noun>.<verb>`, e.g. `session.create`. */
export interface AuditEvent {
  readonly action: string;
  /** UUID of the user who did it; null for a guest, for the system and for the command line. */
  readonly actorId: string | null;
  /** The id of an object as clients know it, or a name. */
  readonly target?: string | null;
  readonly outcome: AuditOutcome;
  readonly ipAddress?: string | null;
  /** No secret and no content of users. */
  readonly details?: AuditDetails | null;
}

/**
 * Adds an entry in the transaction of `em`, which therefore fails or commits together with what it records. Call it last in the
 * transaction: from here to the commit every other entry waits, so that the chain has one order.
 */
export async function appendAudit(em: Em, event: AuditEvent): Promise<void> {
  const content = {
    id: randomUUIDv7(),
    at: await nowOf(em),
    actorId: event.actorId,
    action: event.action,
    target: event.target?.slice(0, LENGTHS.target) ?? null,
    outcome: event.outcome,
    ipAddress: event.ipAddress?.slice(0, LENGTHS.ipAddress) ?? null,
    details: event.details ?? null,
  };
  const salt = randomBytes(SALT_BYTES).toString('base64url');
  await insertEntry(em, content, salt, digestOf(salt, content));
}

/** One statement, because the lock of the chain, which it takes, must not be held while this process and the database exchange more. */
async function insertEntry(em: Em, content: AuditContent, salt: string, digest: string): Promise<void> {
  const { id, at, actorId, action, target, outcome, ipAddress, details } = content;
  // The hash is that of `hashAfter` in audit-hash.ts. An update that has waited for another one is computed from the row that it left.
  const { rows } = await sql<{ seq: number }>`
    with next as (
      update audit_chain set
        seq = seq + 1,
        hash = encode(sha256(convert_to(hash || ':' || (seq + 1) || ':' || ${digest}::text, 'UTF8')), 'hex')
      returning seq, hash
    )
    insert into audit_log (seq, id, at, actor_id, action, target, outcome, ip_address, details, salt, digest, hash)
    select seq, ${id}::uuid, ${at}::timestamptz, ${actorId}::uuid, ${action}::text, ${target}::text, ${outcome}::text,
      ${ipAddress}::text, ${details && JSON.stringify(details)}::jsonb, ${salt}::text, ${digest}::text, hash
    from next
    returning seq`.execute(sqlOf(em));
  if (rows.length !== 1) throw new TypeError('The chain of the audit log has no end: its row is missing.');
}

/**
 * Removes the personal data of an account from the log, in the transaction of `em`: its id, addresses and all details of the
 * entries by it and about it. The entries stay, and their digests keep the chain whole. Returns their number.
 */
export async function eraseFromAudit(em: Em, userId: string): Promise<number> {
  const target = encodeId('user', userId);
  const { rows } = await sql<{ seq: number }>`
    update audit_log set
      salt = null, details = null, erased_at = now(),
      ip_address = case when actor_id = ${userId}::uuid then null else ip_address end,
      target = case when target = ${target} then null else target end,
      actor_id = case when actor_id = ${userId}::uuid then null else actor_id end
    where erased_at is null and (actor_id = ${userId}::uuid or target = ${target})
    returning seq`.execute(sqlOf(em));
  return rows.length;
}
