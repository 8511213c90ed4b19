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
    // What a client names may be any text; PostgreSQL stores no NUL and no half of a character.
    target: event.target?.replaceAll('\0', '').slice(0, LENGTHS.target).toWellFormed() ?? null,
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

/** What people do to their own accounts; all other acts are administrative. */
const PERSONAL = ['session', 'password', 'email', 'account', 'api_key', 'provider_key'];

/**
 * Removes the personal data of an account from the log, in the transaction of `em`. Entries of the user about themselves lose
 * everything that says who, what and from where. Administrative acts on others keep the id of the actor, which then names no account, the
 * target and the details, and lose the address: deleting one's account must not hide what one did. What others did to the user loses
 * the target. The entries stay, and their digests keep the chain whole. Returns their number.
 */
export async function eraseFromAudit(em: Em, userId: string): Promise<number> {
  const target = encodeId('user', userId);
  const isActor = sql`actor_id = ${userId}::uuid`;
  const isTarget = sql`target = ${target}`;
  const isPersonal = sql`split_part(action, '.', 1) = any(${PERSONAL}::text[])`;
  // Without an actor: a sign-in that failed, or a token that was used twice.
  const isOwn = sql`(${isActor} and (${isPersonal} or ${isTarget}) or actor_id is null and ${isPersonal} and ${isTarget})`;
  const { rows } = await sql<{ seq: number }>`
    update audit_log set
      salt = null,
      erased_at = coalesce(erased_at, now()),
      actor_id = case when ${isOwn} then null else actor_id end,
      target = case when ${isOwn} or ${isTarget} then null else target end,
      ip_address = case when ${isOwn} or ${isActor} then null else ip_address end,
      details = case when ${isOwn} then null else details end
    where ${isActor} or ${isTarget}
    returning seq`.execute(sqlOf(em));
  return rows.length;
}
