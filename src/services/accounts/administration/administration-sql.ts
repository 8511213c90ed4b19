import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { type Em, sqlOf } from '../../../db/orm.ts';
import type { Plan, Role } from '../../../entities/enums.ts';

export interface GrantRow {
  readonly userId: string;
  readonly role: Role;
  /** Permanent where null. */
  readonly expiresAt: Date | null;
  /** Null for an operator at the command line. */
  readonly grantedBy: string | null;
}

/** Grants a role, or changes the expiry of a granted one. */
export async function writeGrant(em: Em, { userId, role, expiresAt, grantedBy }: GrantRow): Promise<void> {
  const terms = { granted_by: grantedBy, expires_at: expiresAt };
  await sqlOf(em)
    .insertInto('user_roles')
    .values({ user_id: userId, role, ...terms })
    .onConflict((same) => same.columns(['user_id', 'role']).doUpdateSet({ ...terms, granted_at: sql<Date>`now()` }))
    .execute();
}

/** False where the user does not have the role. */
export async function removeGrant(em: Em, userId: string, role: Role): Promise<boolean> {
  const removed = await sqlOf(em)
    .deleteFrom('user_roles')
    .where('user_id', '=', userId)
    .where('role', '=', role)
    .returning('role')
    .execute();
  return removed.length > 0;
}

/** False where the user was in that state already. */
export async function writeActive(em: Em, userId: string, isActive: boolean): Promise<boolean> {
  const changed = await sqlOf(em)
    .updateTable('users')
    .set({ is_active: isActive, updated_at: sql<Date>`now()` })
    .where('id', '=', userId)
    .where('is_active', '<>', isActive)
    .returning('id')
    .execute();
  return changed.length > 0;
}

/** Ends the sessions of a user who is no longer active: they do not begin again with the account. Returns their ids. */
export async function endSessions(em: Em, userId: string): Promise<string[]> {
  const ended = await sqlOf(em)
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`now()`, revoke_reason: 'INACTIVE' })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return ended.map(({ id }) => id);
}

/** A plan that begins now. */
export interface NewPlan {
  readonly userId: string;
  readonly plan: Plan;
  readonly endsAt: Date | null;
  readonly autoRenew: boolean;
}

/**
 * Closes the current plan and begins the next; `encrypt` gives the payment processor's reference in the form in which it is stored in
 * the row with this id.
 */
export async function replacePlan(
  em: Em,
  { userId, plan, endsAt, autoRenew }: NewPlan,
  encrypt: (planId: string) => string | null,
): Promise<void> {
  const rows = sqlOf(em);
  await rows
    .updateTable('user_subscriptions')
    .set({
      closed_at: sql<Date>`now()`,
      status: sql<'EXPIRED' | 'CANCELED'>`case when ends_at <= now() then 'EXPIRED' else 'CANCELED' end`,
    })
    .where('user_id', '=', userId)
    .where('closed_at', 'is', null)
    .execute();
  const id = randomUUIDv7();
  const terms = { plan, status: 'ACTIVE', ends_at: endsAt, auto_renew: autoRenew } as const;
  await rows
    .insertInto('user_subscriptions')
    .values({ id, user_id: userId, ...terms, processor_reference_encrypted: encrypt(id) })
    .execute();
}
