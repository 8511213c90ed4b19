import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { type Em, nowOf, sqlOf } from '../../db/orm.ts';
import type { AuditDetails } from '../../entities/audit-entry.ts';
import type { AuditOutcome } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import { digestOf, hashAfter } from './audit-hash.ts';

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
  const rows = sqlOf(em);
  const end = await rows.selectFrom('audit_chain').select(['seq', 'hash']).forUpdate().executeTakeFirstOrThrow();
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
  const seq = end.seq + 1;
  const digest = digestOf(salt, content);
  const hash = hashAfter(end.hash, seq, digest);
  const { id, at, action, target, outcome, details } = content;
  await rows
    .insertInto('audit_log')
    .values({
      seq,
      id,
      at,
      actor_id: content.actorId,
      action,
      target,
      outcome,
      ip_address: content.ipAddress,
      details: details && sql`${JSON.stringify(details)}::jsonb`,
      salt,
      digest,
      hash,
    })
    .execute();
  await rows.updateTable('audit_chain').set({ seq, hash }).execute();
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
